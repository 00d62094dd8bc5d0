import { Q850 } from '../../q850.ts'
import { createSipCounters } from '../counters.ts'
import { contactHeader, dialogKeyOfRequest } from '../dialog/dialog.ts'
import { silentLog } from '../log.ts'
import { header } from '../message/headers.ts'
import { defaultMessageLimits } from '../message/limits.ts'
import { tagOf } from '../message/name-addr.ts'
import { sipUri } from '../message/uri.ts'
import { createRandomToken } from '../random-token.ts'
import type { InviteServerTransaction } from '../transaction/invite-server-transaction.ts'
import { createTransactionLayer, type ServerTransaction } from '../transaction/transaction-layer.ts'
import { locateBySystem } from '../transport/locate.ts'
import { type Carrier, createMessageTransport } from '../transport/message-transport.ts'
import { receiveCancel } from './cancel.ts'
import { type Core, contain, reply } from './core.ts'
import { sendInvite } from './invite-client.ts'
import { receiveInvite } from './invite-server.ts'
import { answerOptions } from './options.ts'
import { createOutgoingInvite } from './outgoing-invite.ts'
import { checkRequest } from './request-checks.ts'
import { endEverything } from './shutdown.ts'
import { createUsageRegistry } from './usage-registry.ts'
import type { UserAgent, UserAgentLimits, UserAgentOptions } from './user-agent-options.ts'

const defaultLimits: UserAgentLimits = { sessions: 2000, transactions: 40_000, ringingMilliseconds: 180_000 }

/**
 * A SIP user agent on its transports: takes calls, makes calls (RFC 3261). Listens at once. Throws a `RangeError` when
 * nothing says at which address others reach it.
 */
export const createUserAgent = (options: UserAgentOptions): UserAgent => {
  const { transport, clock } = options
  const counters = options.counters ?? createSipCounters()
  const log = options.log ?? silentLog
  const limits = { ...defaultLimits, ...options.limits }
  const randomToken = options.randomToken ?? createRandomToken()
  const address = options.contact?.address ?? transport.local.address
  const carrier: Carrier = {
    transport,
    sentBy: { address, port: options.contact?.port ?? transport.local.port },
  }
  const streams = (options.streams ?? []).map(
    (stream): Carrier => ({
      transport: stream,
      sentBy: { address: options.contact?.address ?? stream.local.address, port: stream.local.port },
    }),
  )
  const user = options.contact?.user ?? null
  if (address === '0.0.0.0' || address === '::') {
    throw new RangeError('bound to every address: contact.address must say which one others reach')
  }
  let accepting = true

  const messages = createMessageTransport({
    carriers: [carrier, ...streams],
    limits: { ...defaultMessageLimits, ...options.messageLimits },
    counters,
    listener: {
      onRequest: (request, source) =>
        contain({ counters, log }, () => transactions.receiveRequest(request, source)),
      onResponse: (response) => contain({ counters, log }, () => transactions.receiveResponse(response)),
      onError: (error) => log('error', 'the SIP transport failed', { error }),
    },
  })
  const transactions = createTransactionLayer({
    clock,
    transport: messages,
    counters,
    maximumTransactions: limits.transactions,
    randomToken,
    user: {
      onRequest: (transaction, _source, merged) => receive(transaction, merged),
      onAck: (ack) => {
        const usage = core.registry.find(dialogKeyOfRequest(ack))
        if (usage === null) counters.count('sip.ackStray')
        else usage.receiveAck(ack)
      },
      onServerTimeout: () => undefined,
    },
  })
  const contacts = new Map(
    [carrier, ...streams].map(({ transport: { protocol }, sentBy }) => [
      protocol,
      contactHeader(user, sentBy, protocol),
    ]),
  )
  const tls = streams.find((stream) => stream.transport.protocol === 'TLS')
  const secureContact = tls === undefined ? undefined : contactHeader(user, tls.sentBy, 'TLS', true)
  const core: Core = {
    clock,
    transactions,
    counters,
    log,
    limits,
    locate: options.locate ?? locateBySystem,
    random: options.random ?? Math.random,
    randomToken,
    contact: contacts.get(transport.protocol) ?? contactHeader(user, carrier.sentBy),
    contactOf: (protocol, secure) =>
      (secure && protocol === 'TLS' ? secureContact : contacts.get(protocol)) ?? core.contact,
    messages,
    name: options.name ?? 'Centralino',
    identity: sipUri(user ?? 'centralino', address),
    registry: createUsageRegistry(),
  }

  /** A request, once (§8.2, §12.2.2). */
  const receive = (transaction: ServerTransaction, merged: boolean): void => {
    const { request } = transaction
    const refusal = checkRequest(request)
    if (refusal !== null) {
      reply(core, transaction, refusal.status, { headers: refusal.headers })
      if (transaction.kind === 'inviteServer') tellRefused(transaction, refusal.status, refusal.code)
      return
    }
    // A CANCEL goes hop by hop and finds its INVITE by its branch, in a dialog or not (§9.2).
    if (request.method === 'CANCEL') receiveCancel(core, transaction)
    else if (tagOf(request.to) !== null) {
      // §12.2.2: "If … the UAS does not wish to recreate the dialog, it MUST respond to the request with a 481".
      const usage = core.registry.find(dialogKeyOfRequest(request))
      if (usage === null) reply(core, transaction, 481)
      else usage.receiveRequest(transaction)
    } else if (merged) reply(core, transaction, 482)
    else if (transaction.kind === 'inviteServer') receiveCall(transaction)
    else if (request.method === 'OPTIONS') answerOptions(core, transaction, accepting)
    // §15.1.2: a BYE that matches no dialog.
    else reply(core, transaction, 481)
  }

  const receiveCall = (transaction: InviteServerTransaction): void => {
    if (!accepting || core.registry.sessions.size >= limits.sessions) {
      counters.count('sip.refusedOverload')
      // §21.5.4.
      reply(core, transaction, 503, { headers: [header('Retry-After', '10')] })
      tellRefused(transaction, 503, accepting ? 'TOO_MANY_SESSIONS' : 'SHUTTING_DOWN')
      return
    }
    if (receiveInvite(core, transaction, options.onInvite) === null) {
      reply(core, transaction, 400)
      tellRefused(transaction, 400, 'NO_DIALOG')
    }
  }

  const tellRefused = (transaction: InviteServerTransaction, status: number, code: string): void => {
    if (tagOf(transaction.request.to) !== null) return
    contain(core, () => options.onRefused?.({ callId: transaction.request.callId, status, code }))
  }

  return {
    invite: (call) => sendInvite(core, createOutgoingInvite(core, call)),
    sessions: () => [...core.registry.sessions.values()],
    transactions: transactions.counts,
    shutdown: (reason, withinMilliseconds = 2000) => {
      accepting = false
      return endEverything(core, reason?.q850 ?? Q850.networkOutOfOrder, withinMilliseconds)
    },
    [Symbol.asyncDispose]: async () => {
      accepting = false
      for (const dispose of [...core.registry.disposals]) dispose()
      transactions.dispose()
    },
  }
}
