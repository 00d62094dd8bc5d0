/** Larger mails keep their headers and their raw form; bodies and attachments are not taken apart. */
export const LARGEST_SHOWN_BYTES = 25 * 1024 * 1024
/** How much of an oversized mail is read for its headers. */
export const HEADER_BYTES = 256 * 1024

const endOfHeaders = (raw: Uint8Array): number => {
  const text = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, HEADER_BYTES)).toString(
    'latin1',
  )
  const end = /\r?\n\r?\n/.exec(text)
  return end === null ? text.length : end.index + end[0].length
}

/** The header section alone, with the empty line that ends it. */
export const headersOf = (raw: Uint8Array): Uint8Array => raw.subarray(0, endOfHeaders(raw))

/** Of one piece, or of several that are numbered (RFC 2231 §3); the first of equal names counts. */
const boundaryIn = (contentType: string): string | undefined => {
  const pieces = [...contentType.matchAll(/boundary(?:\*(\d+))?\s*=\s*(?:"([^"]+)"|([^\s;]+))/gi)].map(
    ([, number, quoted, plain]) => ({ number, value: quoted ?? plain ?? '' }),
  )
  const whole = pieces.find(({ number }) => number === undefined)
  if (whole !== undefined) return whole.value
  const inOrder = pieces.toSorted((one, other) => Number(one.number) - Number(other.number))
  return inOrder.length === 0 ? undefined : inOrder.map(({ value }) => value).join('')
}

/**
 * Whether the MIME structure is broken in a way that may hide a part: a multipart without a boundary (RFC 2046 §5.1.1),
 * a boundary that never comes, a closing delimiter that is missing (the mail was cut off), or no header section at all.
 */
export const isBrokenMime = (raw: Uint8Array): boolean => {
  const headers = Buffer.from(headersOf(raw)).toString('latin1')
  if (!/^[!-9;-~]+[ \t]*:/m.test(headers)) return true
  const unfolded = headers.replace(/\r?\n[ \t]+/g, ' ')
  const contentType = /^content-type[ \t]*:(.*)$/im.exec(unfolded)?.[1]
  if (contentType === undefined || !/^\s*multipart\//i.test(contentType)) return false
  const boundary = boundaryIn(contentType)
  if (boundary === undefined) return true
  return (
    Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).indexOf(`--${boundary}--`, 0, 'latin1') === -1
  )
}
