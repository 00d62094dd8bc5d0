import PostalMime, { type Address, type Email, type Mailbox } from 'postal-mime'
import { automaticOf } from './automatic.ts'
import { HEADER_BYTES, headersOf, isBrokenMime, LARGEST_SHOWN_BYTES } from './defects.ts'
import { deliveryReportOf } from './delivery-report.ts'
import { excerptOf } from './excerpt.ts'
import { canBeAddress, contentTypeOf, cutAt, MOST, messageIds, shortLine } from './header-bounds.ts'
import { isMisread, toReadAgain, withUtf8Headers } from './mend.ts'
import type { ParsedMail } from './parsed-mail.ts'

/** RFC 5322 §4.4: by which servers it was to go; obsolete, and to be ignored. */
const ROUTE = /^@[^:]*:/

/** Every entry that has an address, those of a group among them (RFC 5322 §3.4). */
const mailboxes = (addresses: readonly (Address | undefined)[] | undefined): readonly Mailbox[] =>
  (addresses ?? [])
    .flatMap((entry): readonly Mailbox[] =>
      entry === undefined ? [] : 'group' in entry && entry.group ? entry.group : [entry as Mailbox],
    )
    .map((mailbox) => ({ ...mailbox, address: mailbox.address.replace(ROUTE, '') }))
    .filter(({ address }) => address.includes('@'))

const kept = (all: readonly Mailbox[], most: number): { name: string | null; address: string }[] =>
  all
    .filter(({ address }) => canBeAddress(address))
    .slice(0, most)
    .map(({ name, address }) => ({ name: shortLine(name, MOST.nameCharacters) || null, address }))

/** Path parts and control characters never reach a file system or a header, nor does a name read backwards. */
const safeFilename = (filename: string | null | undefined, index: number): string => {
  const name = (filename ?? '')
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .replace(/^.*[/\\]/, '')
    .trim()
  return name === '' || /^\.+$/.test(name)
    ? `attachment-${index + 1}`
    : cutAt(name.toWellFormed(), MOST.filenameCharacters)
}

const isoDate = (date: string | undefined): string | null => {
  const at = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

const asBytes = (content: ArrayBuffer | Uint8Array | string): Uint8Array<ArrayBuffer> =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)

/** RFC 6522. */
const REPORT = /^content-type[ \t]*:\s*multipart\/report\b/im

/** The mail that a report returns is a part of its own, and its words are not the report's. */
const parse = (raw: Uint8Array, isReport: boolean): Promise<Email> =>
  new PostalMime({ attachmentEncoding: 'arraybuffer', forceRfc822Attachments: isReport }).parse(raw)

/** Reads it, and where its words cannot be read that way, reads them once more. */
const read = async (raw: Uint8Array, isReport: boolean): Promise<Email> => {
  const utf8 = withUtf8Headers(raw)
  const first = await parse(utf8, isReport)
  const again = toReadAgain(utf8, isMisread(first.text) || isMisread(first.html))
  if (again === null) return first
  const { text, html } = await parse(again, isReport)
  const { text: _text, html: _html, ...email } = first
  return { ...email, ...(text === undefined ? {} : { text }), ...(html === undefined ? {} : { html }) }
}

/** Takes a mail apart (RFC 5322, RFC 2045 to 2047). Never throws: what cannot be read is left out and named as a defect. */
export const takeApart = async (raw: Uint8Array, totalBytes: number): Promise<ParsedMail> => {
  const tooLarge = totalBytes > LARGEST_SHOWN_BYTES
  const defects: ParsedMail['defects'] = []
  if (tooLarge) defects.push('tooLargeToShow')
  else if (isBrokenMime(raw)) defects.push('brokenMime')
  const headers = headersOf(raw.subarray(0, HEADER_BYTES))
  const isReport = REPORT.test(Buffer.from(headers).toString('latin1'))
  let email: Email
  try {
    email = tooLarge ? await parse(withUtf8Headers(headers), false) : await read(raw, isReport)
  } catch {
    // Parts nested without end and the like: who wrote, and what about, is told all the same.
    if (!defects.includes('brokenMime')) defects.push('brokenMime')
    email = await parse(withUtf8Headers(headers), false).catch(() => ({
      headers: [],
      headerLines: [],
      attachments: [],
    }))
  }
  const senders = mailboxes([email.from, email.sender])
  const [replyTo, to, cc] = [mailboxes(email.replyTo), mailboxes(email.to), mailboxes(email.cc)]
  const [from = null] = kept(senders, 1)
  const messageId = messageIds(email.messageId)[0] ?? null
  if (messageId === null) defects.push('noMessageId')
  if (from === null) defects.push('noSender')
  if (![...senders, ...replyTo, ...to, ...cc].every(({ address }) => canBeAddress(address))) {
    defects.push('addressLeftOut')
  }
  const attachments = tooLarge ? [] : email.attachments
  if (attachments.length > MOST.attachments) defects.push('attachmentsLeftOut')
  const text = tooLarge ? null : (email.text ?? null)
  const html = tooLarge ? null : (email.html ?? null)
  return {
    messageId,
    inReplyTo: messageIds(email.inReplyTo)[0] ?? null,
    references: messageIds(email.references).slice(-MOST.references),
    date: isoDate(email.date),
    subject: shortLine(email.subject ?? '', MOST.subjectCharacters),
    from,
    replyTo: kept(replyTo, MOST.replyTo),
    to: kept(to, MOST.recipients),
    cc: kept(cc, MOST.recipients),
    deliveredTo: email.headers
      .filter(({ key }) => key === 'delivered-to' || key === 'x-original-to')
      .map(({ value }) => value.trim())
      .filter(canBeAddress)
      .slice(0, MOST.deliveredTo),
    excerpt: excerptOf(text, html),
    text: text === null ? null : Buffer.from(text, 'utf8'),
    html: html === null ? null : Buffer.from(html, 'utf8'),
    attachments: attachments.slice(0, MOST.attachments).map((attachment, index) => ({
      filename: safeFilename(attachment.filename, index),
      contentType: contentTypeOf(attachment.mimeType),
      content: asBytes(attachment.content),
    })),
    deliveryReport: deliveryReportOf({
      contentType: email.headers.find(({ key }) => key === 'content-type')?.value ?? '',
      text,
      parts: attachments.map(({ mimeType, content }) => ({ mimeType, content: asBytes(content) })),
    }),
    automatic: automaticOf(email.headers),
    defects,
  }
}
