import type { Clock } from '../../clock/clock.ts'
import type { Endpoint } from '../../endpoint.ts'
import type { SipCounters } from '../counters.ts'
import type { SipLog } from '../log.ts'
import { type Header, header } from '../message/headers.ts'
import type { SipRequest } from '../message/message.ts'
import { tagOf } from '../message/name-addr.ts'
import { createResponse, type ResponseContent } from '../message/response.ts'
import type { SipUri } from '../message/uri.ts'
import type { ClientUser } from '../transaction/invite-client-transaction.ts'
import type {
  ClientTransaction,
  ServerTransaction,
  TransactionLayer,
} from '../transaction/transaction-layer.ts'
import type { Locate } from '../transport/locate.ts'
import type { UsageRegistry } from './usage-registry.ts'
import type { UserAgentLimits } from './user-agent-options.ts'

/** What the methods and roles of the user agent share. */
export type Core = {
  readonly clock: Clock
  readonly transactions: TransactionLayer
  readonly counters: SipCounters
  readonly log: SipLog
  readonly limits: UserAgentLimits
  readonly locate: Locate
  readonly random: () => number
  readonly randomToken: () => string
  readonly contact: Header
  /** Sent as User-Agent and Server. */
  readonly name: string
  /** Default From of our own calls. */
  readonly identity: SipUri
  readonly registry: UsageRegistry
}

/** Methods that we serve, for Allow (§20.5). */
export const allowedMethods = ['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS'] as const
export const allowHeader: Header = header('Allow', allowedMethods.join(', '))
export const supportedHeader: Header = header('Supported', '')

/** Answers a request in its transaction. False when the transaction had its final response already. */
export const reply = (
  core: Core,
  transaction: ServerTransaction,
  status: number,
  content: ResponseContent = {},
): boolean => {
  const { request } = transaction
  const needsTag = content.toTag === undefined && status !== 100 && tagOf(request.to) === null
  return transaction.respond(
    createResponse(request, status, {
      ...content,
      ...(needsTag ? { toTag: core.randomToken() } : {}),
      headers: [...(content.headers ?? []), header('Server', core.name)],
    }),
  )
}

export type RequestUser = Omit<ClientUser, 'send' | 'onTerminated'>

/**
 * Finds where the next hop is and sends the request there in a transaction of its own; `onOpened` gets that and where it went. A hop that
 * cannot be found is a transport error (§8.1.2), told later, never within this call.
 */
export const sendRequest = (
  core: Core,
  request: SipRequest,
  hop: SipUri | Endpoint | null,
  user: RequestUser,
  onOpened: (transaction: ClientTransaction, to: Endpoint) => void = () => undefined,
): void => {
  const open = (to: Endpoint | null): void => {
    if (to === null) user.onTransportError(new Error('no address for the next hop'))
    else onOpened(core.transactions.request(request, to, user), to)
  }
  const to = hop === null || 'address' in hop ? hop : core.locate(hop)
  if (to === null) queueMicrotask(() => open(null))
  else if (to instanceof Promise) to.then(open, () => open(null))
  else open(to)
}

/** An ACK of a 2xx goes out once and is forgotten; the caller keeps it to send it again. */
export const sendAck = (core: Core, ack: SipRequest, hop: SipUri | Endpoint | null): void => {
  const to = hop === null || 'address' in hop ? hop : core.locate(hop)
  if (to === null) return
  if (to instanceof Promise) {
    to.then(
      (found) => {
        if (found !== null) core.transactions.sendAck(ack, found)
      },
      () => undefined,
    )
  } else core.transactions.sendAck(ack, to)
}

/** Runs a listener: its failure is counted and reported, and never reaches the stack. */
export const contain = (core: Pick<Core, 'counters' | 'log'>, run: () => void): void => {
  try {
    run()
  } catch (error) {
    core.counters.count('sip.listenerFailed')
    core.log('error', 'a listener of the user agent failed', { error })
  }
}
