import {
  type ContactPoint,
  type CorrespondenceCommand,
  emailContactPoint,
  type Instant,
  type MailId,
  parseId,
  parseInstant,
  type StoredFile,
} from '@centralino/domain'
import { sha256Hex, uuidv5 } from '@centralino/event-store'
import type { ParsedMail } from './parse/parsed-mail.ts'

/** What is known of a received mail before it belongs to anybody. */
export type IncomingMail = {
  readonly mailId: MailId
  readonly contactPoint: ContactPoint
  /** Lower-cased addresses that may lead to a queue, the likeliest first. */
  readonly addressedTo: readonly string[]
  /** Message-IDs of mails that this one follows, the nearest first. */
  readonly follows: readonly string[]
  /** SHA-256 (hex) of what the sender wrote, the same in each delivery of the message; null: there is no Message-ID. */
  readonly contentSha256: string | null
  readonly content: Omit<
    Extract<CorrespondenceCommand, { type: 'ReceiveMail' }>,
    'type' | 'threadId' | 'interactionId' | 'customerId' | 'at'
  >
  /** What it reports of a mail of ours; null: it is no delivery report. */
  readonly deliveryReport: ParsedMail['deliveryReport']
  readonly at: Instant
}

export type StoredParts = {
  readonly raw: StoredFile
  readonly text: StoredFile | null
  readonly html: StoredFile | null
  /** SHA-256 (hex) of all that follows the headers, where the parts do not hold it all. */
  readonly body: string | null
  readonly attachments: readonly (StoredFile & { readonly filename: string; readonly contentType: string })[]
}

/** Without the lines that a delivery adds (RFC 5321 §4.4), which make each delivery's bytes others. */
const contentSha256Of = (mail: ParsedMail, stored: StoredParts): string | null => {
  if (mail.messageId === null) return null
  const { date, subject, from, replyTo, to, cc, inReplyTo, references } = mail
  const headers = { date, subject, from, replyTo, to, cc, inReplyTo, references }
  const parts = [stored.text, stored.html, ...stored.attachments].map((part) => part?.sha256 ?? null)
  return sha256Hex(JSON.stringify([headers, stored.body ?? parts]))
}

/**
 * A parsed mail as the domain's command data. The mail's id is derived from its bytes: the same mail fetched twice, after
 * a lost checkpoint or a renumbered mailbox, is one mail. Two deliveries differ in their `Received` lines at least: that
 * they are one message, their Message-ID and content say.
 */
export const toIncomingMail = (mail: ParsedMail, stored: StoredParts, receivedAt: Instant): IncomingMail => {
  const mailId = parseId('mail', uuidv5(`mail ${stored.raw.sha256}`))
  const sender = mail.from ?? { name: null, address: '' }
  const contactPoint: ContactPoint = emailContactPoint(sender.address) ?? {
    kind: 'noSender',
    value: mailId,
    raw: sender.address,
  }
  const messageId = mail.messageId ?? `<${sha256Hex(stored.raw.sha256).slice(0, 32)}@no-message-id.invalid>`
  return {
    mailId,
    contactPoint,
    addressedTo: [
      ...new Set(
        [...mail.deliveredTo, ...mail.to.map((to) => to.address), ...mail.cc.map((cc) => cc.address)].map(
          (address) => address.toLowerCase(),
        ),
      ),
    ],
    follows: [
      ...new Set([...(mail.inReplyTo === null ? [] : [mail.inReplyTo]), ...mail.references.toReversed()]),
    ],
    contentSha256: contentSha256Of(mail, stored),
    content: {
      mailId,
      headers: { messageId, inReplyTo: mail.inReplyTo, references: mail.references },
      from: sender,
      ...(mail.replyTo.length === 0 ? {} : { replyTo: mail.replyTo }),
      to: mail.to,
      cc: mail.cc,
      subject: mail.subject,
      excerpt: mail.excerpt,
      text: stored.text,
      html: stored.html,
      attachments: stored.attachments,
      raw: stored.raw,
      defects: mail.defects,
    },
    deliveryReport: mail.deliveryReport,
    at: parseInstant(receivedAt),
  }
}
