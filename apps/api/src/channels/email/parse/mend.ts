import { headersOf } from './defects.ts'

const UTF8 = new TextDecoder('utf-8', { fatal: true })
/** What Latin 1 is read as (WHATWG Encoding). */
const WINDOWS_1252 = new TextDecoder('windows-1252')

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    UTF8.decode(bytes)
    return true
  } catch {
    return false
  }
}

/**
 * The mail with each line of its header section in UTF-8 (RFC 6532). A line of other bytes was never legal; old programs
 * write it in Latin 1.
 */
export const withUtf8Headers = (raw: Uint8Array): Uint8Array => {
  const headers = headersOf(raw)
  if (isUtf8(headers)) return raw
  const lines = Buffer.from(headers)
    .toString('latin1')
    .split('\n')
    .map((text) => {
      const line = Buffer.from(text, 'latin1')
      return isUtf8(line) ? line : Buffer.from(WINDOWS_1252.decode(line), 'utf8')
    })
  const mended = lines.flatMap((line, nth) => (nth === 0 ? [line] : [Buffer.from('\n'), line]))
  return Buffer.concat([...mended, raw.subarray(headers.byteLength)])
}

/** Whether nothing beyond ASCII could be read: then the text is in no UTF-8, whatever it says. */
export const isMisread = (text: string | undefined): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them
  text?.includes('\uFFFD') === true && !/[^\x00-\x7F\uFFFD]/.test(text)

const CONTENT_TYPE = /^content-type[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim
const CHARSET = /charset\s*=\s*(?:"[^"]*"|[^\s;]+)/i

/** A field that says nothing of a charset, or UTF-8, says Windows 1252 then. */
const asWindows1252 = (field: string): string => {
  if (!/:\s*text\//i.test(field)) return field
  const said = CHARSET.exec(field)?.[0]
  if (said === undefined) return `${field}; charset=windows-1252`
  return /utf-?8|us-ascii/i.test(said) ? field.replace(CHARSET, 'charset=windows-1252') : field
}

/** RFC 2045 §6.7: what a mail system padded a soft line break with. */
const PADDED_SOFT_BREAK = /=[ \t]+(\r?\n|$)/g

/**
 * The mail to read its words from again, when the first reading cannot be right: `misread` for a text that is in no UTF-8, or
 * soft line breaks that were padded. Null: there is nothing to mend. Its attachments are not those that were sent.
 */
export const toReadAgain = (raw: Uint8Array, misread: boolean): Uint8Array | null => {
  const mail = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1')
  const isPadded =
    /^content-transfer-encoding[ \t]*:\s*quoted-printable/im.test(mail) &&
    mail.search(PADDED_SOFT_BREAK) !== -1
  if (!misread && !isPadded) return null
  let mended = isPadded ? mail.replace(PADDED_SOFT_BREAK, '=$1') : mail
  if (misread) {
    const headers = Buffer.from(headersOf(raw)).toString('latin1')
    mended = mended.replace(CONTENT_TYPE, asWindows1252)
    if (!/^content-type[ \t]*:/im.test(headers))
      mended = `Content-Type: text/plain; charset=windows-1252\r\n${mended}`
  }
  return Buffer.from(mended, 'latin1')
}
