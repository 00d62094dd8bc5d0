import PostalMime, { type Address, type Email, type Mailbox } from 'postal-mime'
import { HEADER_BYTES, headersOf, isBrokenMime, LARGEST_SHOWN_BYTES } from './defects.ts'
import { excerptOf } from './excerpt.ts'
import type { ParsedMail } from './parsed-mail.ts'

const MOST_REFERENCES = 100
const MOST_ADDRESSES = 200
const MOST_ATTACHMENTS = 200
/** RFC 5322 §3.6.4 in the form that mailers really send: anything without space between angle brackets. */
const MESSAGE_ID = /<[^<>\s]{1,990}>/g

const messageIds = (header: string | undefined): string[] =>
  [...(header ?? '').matchAll(MESSAGE_ID)].map(([id]) => id)

const mailboxes = (addresses: readonly Address[] | undefined): { name: string | null; address: string }[] =>
  (addresses ?? [])
    .flatMap((entry): readonly Mailbox[] =>
      'group' in entry && entry.group ? entry.group : [entry as Mailbox],
    )
    .filter((mailbox) => mailbox.address.includes('@'))
    .slice(0, MOST_ADDRESSES)
    .map(({ name, address }) => ({ name: name || null, address }))

/** Path parts and control characters never reach a file system or a header, nor does a name read backwards. */
const safeFilename = (filename: string | null | undefined, index: number): string => {
  const name = (filename ?? '')
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .replace(/^.*[/\\]/, '')
    .trim()
  return name === '' || /^\.+$/.test(name) ? `attachment-${index + 1}` : name.slice(0, 200)
}

const isoDate = (date: string | undefined): string | null => {
  const at = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

const asBytes = (content: ArrayBuffer | Uint8Array | string): Uint8Array<ArrayBuffer> =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)

const parse = (raw: Uint8Array): Promise<Email> =>
  new PostalMime({ attachmentEncoding: 'arraybuffer' }).parse(raw)

/** Takes a mail apart (RFC 5322, RFC 2045 to 2047). Never throws: what cannot be read is left out and named as a defect. */
export const takeApart = async (raw: Uint8Array, totalBytes: number): Promise<ParsedMail> => {
  const tooLarge = totalBytes > LARGEST_SHOWN_BYTES
  const defects: ParsedMail['defects'] = []
  if (tooLarge) defects.push('tooLargeToShow')
  else if (isBrokenMime(raw)) defects.push('brokenMime')
  const headers = headersOf(raw.subarray(0, HEADER_BYTES))
  let email: Email
  try {
    email = await parse(tooLarge ? headers : raw)
  } catch {
    // Parts nested without end and the like: who wrote, and what about, is told all the same.
    if (!defects.includes('brokenMime')) defects.push('brokenMime')
    email = await parse(headers).catch(() => ({ headers: [], headerLines: [], attachments: [] }))
  }
  const from =
    mailboxes(email.from === undefined ? [] : [email.from])[0] ??
    mailboxes(email.sender === undefined ? [] : [email.sender])[0] ??
    null
  const messageId = messageIds(email.messageId)[0] ?? null
  if (messageId === null) defects.push('noMessageId')
  if (from === null) defects.push('noSender')
  const text = tooLarge ? null : (email.text ?? null)
  const html = tooLarge ? null : (email.html ?? null)
  return {
    messageId,
    inReplyTo: messageIds(email.inReplyTo)[0] ?? null,
    references: messageIds(email.references).slice(-MOST_REFERENCES),
    date: isoDate(email.date),
    subject: (email.subject ?? '').replace(/\s+/g, ' ').trim().slice(0, 998),
    from,
    replyTo: mailboxes(email.replyTo),
    to: mailboxes(email.to),
    cc: mailboxes(email.cc),
    deliveredTo: email.headers
      .filter(({ key }) => key === 'delivered-to' || key === 'x-original-to')
      .map(({ value }) => value.trim()),
    excerpt: excerptOf(text, html),
    text: text === null ? null : Buffer.from(text, 'utf8'),
    html: html === null ? null : Buffer.from(html, 'utf8'),
    attachments: (tooLarge ? [] : email.attachments).slice(0, MOST_ATTACHMENTS).map((attachment, index) => ({
      filename: safeFilename(attachment.filename, index),
      contentType: /^[\w.+-]+\/[\w.+-]+$/.test(attachment.mimeType)
        ? attachment.mimeType
        : 'application/octet-stream',
      content: asBytes(attachment.content),
    })),
    defects,
  }
}
