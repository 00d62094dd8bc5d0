import { createTimerSet } from '../../clock/timer-set.ts'
import { Q850 } from '../../q850.ts'
import { createUasDialog } from '../dialog/create-dialog.ts'
import { type Header, header, headerValue } from '../message/headers.ts'
import { type SipRequest, sdpOf } from '../message/message.ts'
import { q850Of, reasonHeader } from '../message/reason.ts'
import type { InviteServerTransaction } from '../transaction/invite-server-transaction.ts'
import { allowHeader, type Core, contactFor, contain, reply } from './core.ts'
import { createInviteUsage } from './invite-usage.ts'
import { assertedIdentityOf, isIdentityWithheld, partyOf, partyOfUri } from './parties.ts'
import { q850OfSipStatus, sipStatusOfQ850 } from './q850.ts'
import type { EndReason, IncomingSession, SessionEnd, SessionListener } from './session.ts'

/** §13.3.1.1: a provisional response each minute keeps proxies from cancelling. */
const RING_AGAIN_MILLISECONDS = 60_000
/** Longest Expires that is taken at its word, seconds. */
const MAXIMUM_EXPIRES = 86_400

/**
 * The UAS role of INVITE (§13.3): sends 100, makes the early dialog, hands the session to `onInvite`. Null when the
 * INVITE makes no dialog: nothing was sent, refuse it with 400.
 */
export const receiveInvite = (
  core: Core,
  transaction: InviteServerTransaction,
  onInvite: (session: IncomingSession) => SessionListener,
): IncomingSession | null => {
  const { request, source } = transaction
  const dialog = createUasDialog(request, core.randomToken(), source)
  if (dialog === null) return null

  const timers = createTimerSet<'expires' | 'ringAgain'>(core.clock)
  /** What was reported before the owner had returned its listener. */
  let held: SessionEnd | null = null
  let listener: SessionListener | null = null
  let answered = false
  let refused = false

  const onEnded = (end: SessionEnd): void => {
    timers.clearAll()
    core.registry.pendingInvites.delete(transaction)
    core.registry.sessions.delete(dialog.key)
    core.counters.count('sip.callsEnded')
    const told = listener
    if (told === null) held = end
    else contain(core, () => told.onEnded(end))
  }

  const usage = createInviteUsage(core, {
    dialog,
    ownsCallId: false,
    listener: () => listener,
    onEarlyBye: () =>
      refuse(487, [], { how: 'cancelled', by: 'peer', q850: Q850.normalClearing, sipStatus: 487 }),
    onEnded,
  })

  const isProceeding = (): boolean => !answered && !refused && !usage.isEnded()

  const refuse = (status: number, headers: readonly Header[], end: SessionEnd): boolean => {
    if (!isProceeding()) return false
    refused = true
    reply(core, transaction, status, { toTag: dialog.id.localTag, headers })
    usage.finish(end)
    return true
  }

  const cancelled = (cancel: SipRequest): void => {
    // §9.2: "the UAS … SHOULD immediately respond to the INVITE with a 487."
    const q850 = q850Of(cancel) ?? Q850.normalClearing
    refuse(487, [], { how: 'cancelled', by: 'peer', q850, sipStatus: 487 })
  }

  const sendRinging = (): void => {
    reply(core, transaction, 180, {
      toTag: dialog.id.localTag,
      copyRecordRoute: true,
      headers: [contactFor(core, transaction), allowHeader],
    })
    timers.set('ringAgain', RING_AGAIN_MILLISECONDS, sendRinging)
  }

  const session: IncomingSession = {
    direction: 'incoming',
    id: dialog.key,
    callId: request.callId,
    from: partyOf(request.from),
    to: partyOf(request.to),
    requestUri: partyOfUri(request.requestUri),
    assertedIdentity: assertedIdentityOf(request),
    identityWithheld: isIdentityWithheld(request),
    offer: sdpOf(request),
    source: { address: source.address, port: source.port },
    status: () => {
      if (usage.isEnded()) return 'ended'
      if (!answered) return 'proceeding'
      return usage.isAcknowledged() ? 'established' : 'accepted'
    },
    ring: () => {
      if (isProceeding()) sendRinging()
    },
    accept: (sdp) => {
      if (!isProceeding()) return false
      answered = true
      timers.clearAll()
      core.registry.pendingInvites.delete(transaction)
      usage.accept(transaction, sdp, 'invite')
      return true
    },
    reject: (status, reason) => {
      if (status < 300 || status > 699) throw new RangeError(`no final refusal: ${status}`)
      const q850 = reason?.q850 ?? q850OfSipStatus(status)
      const headers = reason === undefined ? [] : [reasonHeader(reason.q850)]
      return refuse(status, headers, { how: 'refused', by: 'local', q850, sipStatus: status })
    },
    bye: (reason) => {
      if (!answered || usage.isEnded()) return false
      const q850 = reason?.q850 ?? Q850.normalClearing
      usage.hangUp(q850, { how: 'bye', by: 'local', q850, sipStatus: null })
      return true
    },
    end: (reason: EndReason) => {
      if (!session.bye(reason)) session.reject(reason.sipStatus ?? sipStatusOfQ850(reason.q850), reason)
    },
    reinvite: (offer) => usage.reinvite(offer),
  }

  core.counters.count('sip.callsIn')
  core.registry.sessions.set(dialog.key, session)
  core.registry.pendingInvites.set(transaction, { localTag: dialog.id.localTag, cancelled })
  reply(core, transaction, 100)
  const expires = headerValue(request, 'expires')?.trim() ?? ''
  if (/^\d{1,9}$/.test(expires)) {
    // §13.3.1: an INVITE that is not answered within its Expires gets 487.
    timers.set('expires', Math.min(Number(expires), MAXIMUM_EXPIRES) * 1000, () => {
      refuse(487, [], { how: 'expired', by: 'stack', q850: Q850.noAnswer, sipStatus: 487 })
    })
  }

  contain(core, () => {
    listener = onInvite(session)
  })
  const attached = listener as SessionListener | null
  if (attached === null) {
    // The owner failed: the caller must not hear silence.
    refuse(500, [header('Retry-After', '10')], {
      how: 'refused',
      by: 'stack',
      q850: Q850.temporaryFailure,
      sipStatus: 500,
    })
    return session
  }
  const end = held as SessionEnd | null
  if (end !== null) contain(core, () => attached.onEnded(end))
  return session
}
