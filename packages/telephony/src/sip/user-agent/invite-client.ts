import { createTimerSet } from '../../clock/timer-set.ts'
import { Q850 } from '../../q850.ts'
import { createUacDialog } from '../dialog/create-dialog.ts'
import type { Dialog, NextHop } from '../dialog/dialog.ts'
import { type SipRequest, type SipResponse, sdpOf } from '../message/message.ts'
import { tagOf } from '../message/name-addr.ts'
import { q850Of } from '../message/reason.ts'
import type { InviteClientTransaction } from '../transaction/invite-client-transaction.ts'
import type { Flow } from '../transport/sip-transport.ts'
import { sendBye } from './bye.ts'
import { sendCancel } from './cancel.ts'
import { type Core, contain } from './core.ts'
import { createInviteUsage, type InviteUsage } from './invite-usage.ts'
import { q850OfSipStatus } from './q850.ts'
import { sendAck, sendRequest } from './send-request.ts'
import type { OutgoingListener, OutgoingSession, SessionEnd } from './session.ts'

export type OutgoingInvite = {
  /** The first INVITE, complete. */
  readonly invite: SipRequest
  readonly hop: NextHop | Flow
  readonly listener: OutgoingListener
}

/** What came of the INVITE so far. */
type Progress =
  | { readonly status: 'calling' }
  | { readonly status: 'ringing' }
  | { readonly status: 'established'; readonly usage: InviteUsage }
  | { readonly status: 'ended' }

/** The UAC role of INVITE (§13.2). Sends it at once. */
export const sendInvite = (core: Core, { invite, hop, listener }: OutgoingInvite): OutgoingSession => {
  const id = `${invite.callId}\n${tagOf(invite.from) ?? ''}`
  const timers = createTimerSet<'ringing' | 'afterCancel'>(core.clock)
  /** Our ACK of each 2xx by its To tag: forks answer each with their own (§13.2.2.4). */
  const acks = new Map<string | null, { readonly ack: SipRequest; readonly dialog: Dialog }>()
  let progress: Progress = { status: 'calling' }
  let sent: { readonly transaction: InviteClientTransaction; readonly to: Flow } | null = null
  let cancelWith: number | null = null
  let cancelSent = false

  const forget = (): void => {
    timers.clearAll()
    core.registry.disposals.delete(dispose)
  }

  const report = (end: SessionEnd): void => {
    if (progress.status === 'ended') return
    progress = { status: 'ended' }
    core.registry.sessions.delete(id)
    core.counters.count('sip.callsEnded')
    contain(core, () => listener.onEnded(end))
  }

  /** §9.1: "If no provisional response has been received, the CANCEL request MUST NOT be sent". */
  const cancelWhenAllowed = (): void => {
    if (cancelWith === null || cancelSent || sent?.transaction.state() !== 'proceeding') return
    cancelSent = true
    sendCancel(core, sent.transaction, sent.to, cancelWith)
    // "… if there is no final response for the original request in 64*T1 seconds, the client SHOULD then consider the
    // original transaction cancelled and SHOULD destroy the client transaction."
    timers.set('afterCancel', 64 * core.transactions.T1, () => {
      sent?.transaction.dispose()
      forget()
    })
  }

  const giveUp = (q850: number, end: SessionEnd): void => {
    cancelWith = q850
    timers.clear('ringing')
    report(end)
    cancelWhenAllowed()
  }

  const onProvisional = (response: SipResponse): void => {
    cancelWhenAllowed()
    if (progress.status === 'ended' || response.status === 100) return
    if (progress.status === 'calling') progress = { status: 'ringing' }
    contain(core, () => listener.onProgress?.({ status: response.status, sdp: sdpOf(response) }))
  }

  const onAccepted = (response: SipResponse): void => {
    const tag = tagOf(response.to)
    const known = acks.get(tag)
    if (known !== undefined) {
      // "The ACK … is passed to the client transport every time a retransmission of the 2xx final response … arrives."
      core.counters.count('sip.retransmissionReceived')
      sendAck(core, known.ack, known.dialog.nextHop())
      return
    }
    const dialog = createUacDialog(invite, response)
    const ack = dialog.ack(invite.cseq.number, core.transactions.newVia())
    acks.set(tag, { ack, dialog })
    sendAck(core, ack, dialog.nextHop())
    forget()
    if (progress.status === 'ended' || progress.status === 'established') {
      // A 2xx that crossed our CANCEL, or of another fork: acknowledged, then hung up (§13.2.2.4, §15).
      sendBye(core, dialog, cancelWith ?? Q850.normalClearing, () => undefined)
      return
    }
    const usage = createInviteUsage(core, {
      dialog,
      ownsCallId: true,
      listener: () => listener,
      onEarlyBye: () => undefined,
      onEnded: report,
    })
    progress = { status: 'established', usage }
    contain(core, () => listener.onAnswered?.({ sdp: sdpOf(response) }))
  }

  const onRefused = (response: SipResponse): void => {
    forget()
    const q850 = q850Of(response) ?? q850OfSipStatus(response.status)
    report({ how: 'refused', by: 'peer', q850, sipStatus: response.status })
  }

  const dispose = (): void => {
    forget()
    report({ how: 'transportFailed', by: 'stack', q850: Q850.temporaryFailure, sipStatus: null })
  }

  const session: OutgoingSession = {
    direction: 'outgoing',
    id,
    callId: invite.callId,
    status: () => progress.status,
    cancel: (reason) => {
      if (progress.status !== 'calling' && progress.status !== 'ringing') return
      const q850 = reason?.q850 ?? Q850.normalClearing
      giveUp(q850, { how: 'cancelled', by: 'local', q850, sipStatus: 487 })
    },
    bye: (reason) => {
      if (progress.status !== 'established') return false
      const q850 = reason?.q850 ?? Q850.normalClearing
      progress.usage.hangUp(q850, { how: 'bye', by: 'local', q850, sipStatus: null })
      return true
    },
    end: (reason) => {
      if (!session.bye(reason)) session.cancel(reason)
    },
    reinvite: (offer) =>
      progress.status === 'established'
        ? progress.usage.reinvite(offer)
        : Promise.resolve({ outcome: 'notPossible' }),
  }

  core.counters.count('sip.callsOut')
  core.registry.sessions.set(id, session)
  core.registry.disposals.add(dispose)
  timers.set('ringing', core.limits.ringingMilliseconds, () =>
    giveUp(Q850.noAnswer, { how: 'expired', by: 'stack', q850: Q850.noAnswer, sipStatus: 487 }),
  )
  sendRequest(
    core,
    invite,
    hop,
    {
      onResponse: (response) => {
        if (response.status < 200) onProvisional(response)
        else if (response.status < 300) onAccepted(response)
        else onRefused(response)
      },
      // §8.1.3.1: a time-out is taken as 408, a transport error as 503.
      onTimeout: () => {
        forget()
        report({ how: 'noResponse', by: 'stack', q850: Q850.recoveryOnTimerExpiry, sipStatus: 408 })
      },
      onTransportError: () => {
        forget()
        report({ how: 'transportFailed', by: 'stack', q850: Q850.temporaryFailure, sipStatus: 503 })
      },
    },
    (transaction, to) => {
      if (transaction.kind === 'inviteClient') sent = { transaction, to }
    },
  )
  return session
}
