import type { Clock } from '../../clock/clock.ts'
import type { Endpoint } from '../../endpoint.ts'
import type { SipCounters } from '../counters.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import { tagOf } from '../message/name-addr.ts'
import { MAGIC_COOKIE, type Via } from '../message/via.ts'
import { type MessageTransport, retryAfter } from '../transport/message-transport.ts'
import type { TransactionEnvironment } from './environment.ts'
import {
  type ClientUser,
  createInviteClientTransaction,
  type InviteClientTransaction,
} from './invite-client-transaction.ts'
import { createInviteServerTransaction, type InviteServerTransaction } from './invite-server-transaction.ts'
import { clientKey, mergeKey, serverKey } from './matching.ts'
import {
  createNonInviteClientTransaction,
  type NonInviteClientTransaction,
} from './non-invite-client-transaction.ts'
import {
  createNonInviteServerTransaction,
  type NonInviteServerTransaction,
} from './non-invite-server-transaction.ts'
import { timerValues } from './timer-values.ts'

export type ServerTransaction = InviteServerTransaction | NonInviteServerTransaction
export type ClientTransaction = InviteClientTransaction | NonInviteClientTransaction

/** The transaction user (§5): hears of requests once each. */
export type TransactionUser = {
  /** `merged`: this request is already being worked on, having come another way (§8.2.2.2). */
  onRequest(transaction: ServerTransaction, source: Endpoint, merged: boolean): void
  /** An ACK of a 2xx: it has a transaction of its own that nobody answers (§17). */
  onAck(ack: SipRequest): void
  /** No ACK of our refusal of an INVITE came within timer H; the transaction is over (§17.2.1). */
  onServerTimeout(transaction: ServerTransaction): void
}

export type TransactionLayer = {
  readonly T1: number
  readonly T2: number
  receiveRequest(request: SipRequest, source: Endpoint): void
  receiveResponse(response: SipResponse): void
  /** A Via of ours with a fresh branch (§8.1.1.7). */
  newVia(): Via
  /** Sends a request, its Via made by `newVia`, in a client transaction of its own. */
  request(
    request: SipRequest,
    to: Endpoint,
    user: Omit<ClientUser, 'send' | 'onTerminated'>,
  ): ClientTransaction
  /** Sends an ACK of a 2xx: outside any transaction (§13.2.2.4). */
  sendAck(ack: SipRequest, to: Endpoint): void
  /** The INVITE server transaction that a CANCEL means (§9.2). */
  inviteOf(cancel: SipRequest): InviteServerTransaction | null
  counts(): { readonly client: number; readonly server: number }
  /** Transactions that still wait for the other side: a final response, or the ACK of a refusal. */
  unfinished(): number
  dispose(): void
}

export type TransactionLayerOptions = {
  readonly clock: Clock
  readonly transport: MessageTransport
  readonly counters: SipCounters
  readonly user: TransactionUser
  readonly maximumTransactions: number
  readonly randomToken: () => string
}

/** RFC 3261 §17 with the corrections of RFC 6026; holds at most `maximumTransactions`. */
export const createTransactionLayer = (options: TransactionLayerOptions): TransactionLayer => {
  const { clock, transport, counters, user, maximumTransactions, randomToken } = options
  const environment: TransactionEnvironment = {
    clock,
    counters,
    reliable: transport.reliable,
    timers: timerValues(transport.reliable),
  }
  const servers = new Map<string, ServerTransaction>()
  const clients = new Map<string, ClientTransaction>()
  /** Requests outside dialogs that are being worked on, to notice those that come twice. */
  const merges = new Map<string, ServerTransaction>()

  const openServer = (request: SipRequest, source: Endpoint): void => {
    const key = serverKey(request)
    const merge = tagOf(request.to) === null ? mergeKey(request) : null
    const merged = merge !== null && merges.has(merge)
    const send = (response: SipResponse): void =>
      // §17.2.4: UDP tells of no lost response; what the system refuses is counted by the transport.
      transport.sendResponse(response, source, () => undefined)
    const onTerminated = (): void => {
      servers.delete(key)
      if (merge !== null && merges.get(merge) === transaction) merges.delete(merge)
    }
    const transaction: ServerTransaction =
      request.method === 'INVITE'
        ? createInviteServerTransaction(request, environment, {
            send,
            onTerminated,
            onAck: (ack) => user.onAck(ack),
            onTimeout: () => user.onServerTimeout(transaction),
          })
        : createNonInviteServerTransaction(request, environment, { send, onTerminated })
    servers.set(key, transaction)
    if (merge !== null && !merged) merges.set(merge, transaction)
    user.onRequest(transaction, source, merged)
  }

  return {
    T1: environment.timers.T1,
    T2: environment.timers.T2,

    receiveRequest: (request, source) => {
      const known = servers.get(serverKey(request))
      if (request.method === 'ACK') {
        if (known?.kind === 'inviteServer') known.receiveAck(request)
        else user.onAck(request)
        return
      }
      if (known !== undefined) {
        known.receiveRetransmission()
        return
      }
      if (servers.size + clients.size >= maximumTransactions) {
        counters.count('sip.refusedOverload')
        transport.refuse(request, source, 503, [retryAfter(5)])
        return
      }
      openServer(request, source)
    },

    receiveResponse: (response) => {
      const client = clients.get(clientKey(response))
      if (client === undefined) counters.count('sip.responseStray')
      else client.receiveResponse(response)
    },

    newVia: () => transport.via(`${MAGIC_COOKIE}${randomToken()}`),

    request: (request, to, tu) => {
      const key = clientKey(request)
      // The transaction sends before it exists to us; a failure told at once is kept until it does.
      let early: Error | null = null
      let transaction: ClientTransaction | null = null
      const whole: ClientUser = {
        ...tu,
        onTerminated: () => {
          clients.delete(key)
        },
        send: (message) =>
          transport.sendRequest(message, to, (error) => {
            if (transaction === null) early = error
            else transaction.transportFailed(error)
          }),
      }
      const create =
        request.method === 'INVITE' ? createInviteClientTransaction : createNonInviteClientTransaction
      const created = create(request, environment, whole)
      clients.set(key, created)
      transaction = created
      if (early !== null) created.transportFailed(early)
      return created
    },

    sendAck: (ack, to) => transport.sendRequest(ack, to, () => undefined),

    inviteOf: (cancel) => {
      const found = servers.get(serverKey(cancel, 'INVITE'))
      return found?.kind === 'inviteServer' ? found : null
    },

    counts: () => ({ client: clients.size, server: servers.size }),

    unfinished: () => {
      let count = 0
      for (const client of clients.values()) {
        const state = client.state()
        if (state === 'calling' || state === 'trying' || state === 'proceeding') count += 1
      }
      for (const server of servers.values()) {
        if (server.kind === 'inviteServer' && ['proceeding', 'completed'].includes(server.state())) count += 1
      }
      return count
    },

    dispose: () => {
      for (const transaction of [...servers.values(), ...clients.values()]) transaction.dispose()
    },
  }
}
