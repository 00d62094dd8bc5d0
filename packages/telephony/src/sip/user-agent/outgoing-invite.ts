import { header } from '../message/headers.ts'
import { type NameAddr, parseNameAddr } from '../message/name-addr.ts'
import { createRequest } from '../message/request.ts'
import { parseUri, type SipUri } from '../message/uri.ts'
import { allowHeader, type Core, supportedHeader } from './core.ts'
import type { OutgoingInvite } from './invite-client.ts'
import { flowAt, protocolOf } from './send-request.ts'
import type { OutgoingCall } from './user-agent-options.ts'

/** The INVITE that begins a call (§8.1.1, §13.2.1). Throws a `RangeError` on text that does not fit in it. */
export const createOutgoingInvite = (core: Core, call: OutgoingCall): OutgoingInvite => {
  const target = parseUri(call.target)
  if (target === null || target.kind !== 'sip') throw new RangeError('the target is no sip URI')
  const from = fromOf(core, call)
  const extra = (call.headers ?? []).map(([name, value]) => {
    if (!/^[A-Za-z-]+$/.test(name) || /[\r\n\0]/.test(value)) throw new RangeError(`not a header: ${name}`)
    return header(name, value)
  })
  const invite = createRequest({
    method: 'INVITE',
    requestUri: target,
    via: core.transactions.newVia(),
    from,
    to: { displayName: null, uri: target, parameters: new Map() },
    callId: core.randomToken(),
    cseq: { number: 1, method: 'INVITE' },
    headers: [core.contact, allowHeader, supportedHeader, header('User-Agent', core.name), ...extra],
    body: { type: 'application/sdp', text: call.offer },
  })
  return { invite, hop: hopOf(core, target, call.destination), listener: call.listener }
}

const hopOf = (core: Core, uri: SipUri, destination: OutgoingCall['destination']): OutgoingInvite['hop'] =>
  destination === undefined
    ? { uri, way: null }
    : flowAt(destination, protocolOf(core, uri) ?? core.messages.defaultProtocol, uri)

const fromOf = (core: Core, call: OutgoingCall): NameAddr => {
  const parameters = new Map([['tag', core.randomToken()]])
  if (call.from === undefined) return { displayName: null, uri: core.identity, parameters }
  const parsed = parseNameAddr(`<${call.from.uri}>`)
  if (parsed === null) throw new RangeError('From is no URI')
  return { displayName: call.from.displayName ?? null, uri: parsed.uri, parameters }
}
