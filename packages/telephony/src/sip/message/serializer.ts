import type { SipMessage } from './message.ts'
import { formatUri } from './uri.ts'

const encoder = new TextEncoder()

/** The bytes on the wire. Content-Length is always written, and written last (§20.14). */
export const serializeMessage = (message: SipMessage): Uint8Array => {
  let head =
    message.kind === 'request'
      ? `${message.method} ${formatUri(message.requestUri)} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${message.reason}\r\n`
  for (const via of message.vias) head += `Via: ${via.raw}\r\n`
  for (const h of message.headers) head += `${h.name}: ${h.value}\r\n`
  head += `Content-Length: ${message.body.length}\r\n\r\n`
  const start = encoder.encode(head)
  if (message.body.length === 0) return start
  const bytes = new Uint8Array(start.length + message.body.length)
  bytes.set(start)
  bytes.set(message.body, start.length)
  return bytes
}
