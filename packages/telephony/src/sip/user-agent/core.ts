import type { Clock } from '../../clock/clock.ts'
import type { SipCounters } from '../counters.ts'
import type { SipLog } from '../log.ts'
import { type Header, header } from '../message/headers.ts'
import type { SipRequest } from '../message/message.ts'
import { tagOf } from '../message/name-addr.ts'
import { createResponse, type ResponseContent } from '../message/response.ts'
import type { SipUri } from '../message/uri.ts'
import type { ServerTransaction, TransactionLayer } from '../transaction/transaction-layer.ts'
import type { Locate } from '../transport/locate.ts'
import type { MessageTransport } from '../transport/message-transport.ts'
import type { SipProtocol } from '../transport/sip-transport.ts'
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
  /** Of what a request is sent over unless somebody says otherwise; `sendRequest` puts in that of what it goes over. */
  readonly contact: Header
  /** How we are reached over the protocol; `secure`: for a sips URI. */
  contactOf(protocol: SipProtocol, secure: boolean): Header
  readonly messages: Pick<MessageTransport, 'defaultProtocol' | 'carries' | 'isOpen'>
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

/** Our Contact in the answer to a request (§12.1.1). */
export const contactFor = (core: Core, { request, source }: ServerTransaction): Header =>
  core.contactOf(source.protocol, isSecure(request))

const isSecure = ({ requestUri }: SipRequest): boolean => requestUri.scheme === 'sips'

/** Runs a listener: its failure is counted and reported, and never reaches the stack. */
export const contain = (core: Pick<Core, 'counters' | 'log'>, run: () => void): void => {
  try {
    run()
  } catch (error) {
    core.counters.count('sip.listenerFailed')
    core.log('error', 'a listener of the user agent failed', { error })
  }
}
