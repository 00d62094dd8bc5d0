/** What a stream held: a message, or two line ends that ask for one (RFC 5626 §4.4.1). */
export type Framed =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  | { readonly kind: 'ping' }
  /** Nobody can tell where this message ends, or it is too long: the last that is read of the connection. */
  | { readonly kind: 'broken'; readonly bytes: Buffer }

export type StreamFramer = {
  /** What the chunk completed, in order. Nothing any more once something was broken. */
  push(chunk: Uint8Array): readonly Framed[]
  /** Whether a message has begun that is not complete. */
  isWithinMessage(): boolean
}

const CR = 13
const LF = 10
const END_OF_HEADERS = '\r\n\r\n'
const none = Buffer.alloc(0)

/**
 * Cuts a stream into messages by their Content-Length (§18.3), none longer than `messageBytes`: what is longer comes out
 * as `broken`, one byte over the limit, so that its reader sees why.
 */
export const createStreamFramer = (messageBytes: number): StreamFramer => {
  let buffer: Buffer = none
  let scanned = 0
  let broken = false

  const cut = (length: number): Buffer => {
    const piece = buffer.subarray(0, length)
    buffer = buffer.subarray(length)
    scanned = 0
    return piece
  }
  const breakOff = (length: number): Framed => {
    const bytes = Buffer.from(cut(length))
    broken = true
    buffer = none
    return { kind: 'broken', bytes }
  }

  /** Line ends between messages: null when there is none, or too little to tell. */
  const skipLineEnd = (): Framed | 'skipped' | null => {
    if (buffer[0] === LF || (buffer[0] === CR && buffer.length > 1 && buffer[1] !== LF)) {
      cut(1)
      return 'skipped'
    }
    if (buffer[0] !== CR || buffer.length < 3) return null
    if (buffer[2] !== CR) {
      cut(2)
      return 'skipped'
    }
    if (buffer.length < 4) return null
    if (buffer[3] === LF) {
      cut(4)
      return { kind: 'ping' }
    }
    cut(2)
    return 'skipped'
  }

  const next = (): Framed | 'skipped' | null => {
    if (buffer.length === 0 || broken) return null
    if (buffer[0] === CR || buffer[0] === LF) return skipLineEnd()
    const end = buffer.indexOf(END_OF_HEADERS, scanned, 'latin1')
    if (end < 0) {
      scanned = Math.max(0, buffer.length - END_OF_HEADERS.length + 1)
      return buffer.length > messageBytes ? breakOff(messageBytes + 1) : null
    }
    const head = end + END_OF_HEADERS.length
    const length = contentLength(buffer.toString('latin1', 0, end))
    if (length === null) return breakOff(Math.min(head, messageBytes + 1))
    if (head + length > messageBytes) {
      scanned = end
      return buffer.length > messageBytes ? breakOff(messageBytes + 1) : null
    }
    if (buffer.length < head + length) {
      scanned = end
      return null
    }
    // A copy: the message may be kept, the chunk that it came in must not be.
    return { kind: 'message', bytes: Buffer.from(cut(head + length)) }
  }

  return {
    push: (chunk) => {
      const framed: Framed[] = []
      if (broken) return framed
      buffer = buffer.length === 0 ? Buffer.from(chunk) : Buffer.concat([buffer, chunk])
      for (let found = next(); found !== null; found = next()) {
        if (found !== 'skipped') framed.push(found)
      }
      return framed
    },
    isWithinMessage: () => buffer.length > 0,
  }
}

/** §20.14; null when there is none, when there are several, or when it is no number: the message's end is unknown. */
const contentLength = (head: string): number | null => {
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const values = lines.slice(1).flatMap((line) => {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trimEnd().toLowerCase()
    return name === 'content-length' || name === 'l' ? [line.slice(colon + 1).trim()] : []
  })
  const value = values[0] ?? ''
  return values.length === 1 && /^\d{1,9}$/.test(value) ? Number(value) : null
}
