import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** The handshake of RFC 6455 §4.2.2. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** Enough of a WebSocket for the console's line to stand: text frames under 64 KiB, pings of the protocol answered. */
export function acceptVoiceSocket(request: IncomingMessage, stream: Duplex): void {
  const key = request.headers['sec-websocket-key'] ?? ''
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64')
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  stream.on('error', () => stream.destroy())
  stream.on('data', (chunk: Buffer) => {
    const text = readText(chunk)
    if (text === null) return
    const { id, method } = JSON.parse(text) as { id: number; method: string }
    const answer =
      method === 'ping'
        ? { id, ok: true, result: { now: new Date().toISOString() } }
        : { id, ok: false, code: 'EDGE_AWAY' }
    stream.write(textFrame(JSON.stringify(answer)))
  })
}

/** Ends a line as the hub does when its session is over: a close frame (§5.5.1) with 4401. */
export function endVoiceSocket(stream: Duplex): void {
  stream.end(Buffer.from([0x88, 2, 4401 >> 8, 4401 & 0xff]))
}

/** One masked text frame of a client (§5.2); null for anything else. */
function readText(chunk: Buffer): string | null {
  if ((chunk[0] ?? 0) !== 0x81) return null
  const short = (chunk[1] ?? 0) & 0x7f
  const start = short === 126 ? 4 : 2
  const length = short === 126 ? chunk.readUInt16BE(2) : short
  const mask = chunk.subarray(start, start + 4)
  const body = Buffer.from(chunk.subarray(start + 4, start + 4 + length))
  for (let index = 0; index < body.length; index += 1)
    body[index] = (body[index] ?? 0) ^ (mask[index % 4] ?? 0)
  return body.toString('utf8')
}

function textFrame(text: string): Buffer {
  const body = Buffer.from(text)
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff])
  return Buffer.concat([head, body])
}
