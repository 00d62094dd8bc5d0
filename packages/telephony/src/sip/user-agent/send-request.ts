import type { Endpoint } from '../../endpoint.ts'
import type { NextHop } from '../dialog/dialog.ts'
import type { SipRequest } from '../message/message.ts'
import { serializeMessage } from '../message/serializer.ts'
import type { SipUri } from '../message/uri.ts'
import type { ClientUser } from '../transaction/invite-client-transaction.ts'
import type { ClientTransaction } from '../transaction/transaction-layer.ts'
import { protocolNamed } from '../transport/locate.ts'
import type { Flow, SipProtocol } from '../transport/sip-transport.ts'
import type { Core } from './core.ts'

export type RequestUser = Omit<ClientUser, 'send' | 'onTerminated'>

/** §18.1.1: what is larger, "or if it is larger than 1300 bytes and the path MTU is unknown", does not go over UDP. */
const LARGEST_DATAGRAM = 1_300

/**
 * Finds where the next hop is and sends the request there in a transaction of its own; `onOpened` gets that and where it went. A hop that
 * cannot be found is a transport error (§8.1.2), told later, never within this call. What is too large for UDP goes over TCP
 * where we have it, and over UDP after all where nobody listens there (§18.1.1).
 */
export const sendRequest = (
  core: Core,
  request: SipRequest,
  hop: NextHop | Flow | null,
  user: RequestUser,
  onOpened: (transaction: ClientTransaction, to: Flow) => void = () => undefined,
): void => {
  const send = (to: Flow, sender: RequestUser): void =>
    onOpened(core.transactions.request(addressed(core, request, to), to, sender), to)
  const open = (to: Flow | null): void => {
    if (to === null) user.onTransportError(new Error('no address for the next hop'))
    else if (isTooLarge(core, request, to)) {
      let answered = false
      send(overTcp(to), {
        ...user,
        onResponse: (response) => {
          answered = true
          user.onResponse(response)
        },
        onTransportError: (error) => {
          if (answered) user.onTransportError(error)
          else send(to, user)
        },
      })
    } else send(to, user)
  }
  const to = flowTo(core, hop)
  if (to === null) queueMicrotask(() => open(null))
  else if (to instanceof Promise) to.then(open, () => open(null))
  else open(to)
}

/** An ACK of a 2xx goes out once and is forgotten; the caller keeps it to send it again. */
export const sendAck = (core: Core, ack: SipRequest, hop: NextHop | null): void => {
  const open = (found: Flow | null): void => {
    if (found === null) return
    const to = isTooLarge(core, ack, found) ? overTcp(found) : found
    core.transactions.sendAck(addressed(core, ack, to), to)
  }
  const to = flowTo(core, hop)
  if (to instanceof Promise) to.then(open, () => undefined)
  else open(to)
}

/** The connection that leads there already; else what the URI names. Null where nothing of ours goes there. */
const flowTo = (core: Core, hop: NextHop | Flow | null): Flow | null | Promise<Flow | null> => {
  if (hop === null || 'protocol' in hop) return hop
  const { uri, way } = hop
  if (way !== null && core.messages.isOpen(way)) return way
  const protocol = protocolOf(core, uri)
  if (protocol === null) return null
  const found = core.locate(uri)
  const flow = (at: Endpoint | null): Flow | null => (at === null ? null : flowAt(at, protocol, uri))
  return found instanceof Promise ? found.then(flow) : flow(found)
}

/** Null where the URI names a transport that we have not. */
export const protocolOf = (core: Core, uri: SipUri): SipProtocol | null => {
  const named = protocolNamed(uri)
  const protocol = named === 'none' ? core.messages.defaultProtocol : named
  return protocol !== null && core.messages.carries(protocol) ? protocol : null
}

/** To that address, for the URI's sake: over TLS the certificate has to name its host (RFC 5922 §7.1). */
export const flowAt = ({ address, port }: Endpoint, protocol: SipProtocol, uri: SipUri): Flow => ({
  protocol,
  address,
  port,
  ...(protocol === 'TLS' ? { serverName: uri.host.replace(/^\[|\]$/g, '') } : {}),
})

const isTooLarge = (core: Core, request: SipRequest, to: Flow): boolean =>
  to.protocol === 'UDP' && core.messages.carries('TCP') && serializeMessage(request).length > LARGEST_DATAGRAM

const overTcp = ({ address, port }: Flow): Flow => ({ protocol: 'TCP', address, port })

/** With the Via and the Contact of what it goes over, and a branch of its own each time that is another one. */
const addressed = (core: Core, request: SipRequest, to: Flow): SipRequest => {
  const [top, ...below] = request.vias
  const secure = request.requestUri.scheme === 'sips'
  if (top?.transport === to.protocol && !secure) return request
  return {
    ...request,
    vias: [core.transactions.newVia(to.protocol), ...below],
    headers: request.headers.map((h) => (h === core.contact ? core.contactOf(to.protocol, secure) : h)),
  }
}
