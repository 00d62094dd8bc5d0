/** Longest frame either side takes, bytes of UTF-8 with its line feed. */
export const LONGEST_FRAME_BYTES = 1_048_576

/** A frame as it goes over the socket. */
export const frameLine = (frame: unknown): string => `${JSON.stringify(frame)}\n`

export class FrameTooLongError extends Error {
  override readonly name = 'FrameTooLongError'
}

/**
 * Cuts a byte stream into lines. Feed it chunks as they come; throws a `FrameTooLongError` instead of keeping a line
 * without end. Empty lines are passed over.
 */
export const createLineCutter = (longestBytes = LONGEST_FRAME_BYTES): ((chunk: Buffer) => string[]) => {
  let pending: Buffer[] = []
  let pendingBytes = 0
  return (chunk) => {
    const lines: string[] = []
    let from = 0
    for (let feed = chunk.indexOf(0x0a); feed !== -1; feed = chunk.indexOf(0x0a, from)) {
      pending.push(chunk.subarray(from, feed))
      if (pendingBytes + feed - from > longestBytes) throw new FrameTooLongError('a frame is too long')
      const line = Buffer.concat(pending).toString('utf8')
      pending = []
      pendingBytes = 0
      from = feed + 1
      if (line.length > 0) lines.push(line)
    }
    if (from < chunk.length) {
      pending.push(chunk.subarray(from))
      pendingBytes += chunk.length - from
      if (pendingBytes > longestBytes) throw new FrameTooLongError('a frame is too long')
    }
    return lines
  }
}
