import { DELIVERY_ACTIONS } from '@centralino/domain'
import { z } from 'zod'

const address = z.object({ name: z.string().nullable(), address: z.string() })

/** A mail taken apart, as the parser's thread hands it over. Bodies and attachments are bytes; nothing is sanitised. */
export const parsedMail = z.object({
  messageId: z.string().nullable(),
  inReplyTo: z.string().nullable(),
  /** Message-IDs with their angle brackets, oldest first. */
  references: z.array(z.string()),
  /** ISO 8601, as the sender's clock had it; null when the Date header is missing or unreadable. */
  date: z.string().nullable(),
  subject: z.string(),
  from: address.nullable(),
  replyTo: z.array(address),
  to: z.array(address),
  cc: z.array(address),
  /** Addresses that the delivering servers noted (`Delivered-To`, `X-Original-To`). */
  deliveredTo: z.array(z.string()),
  /** First 500 characters as plain text, white space folded. */
  excerpt: z.string(),
  text: z.instanceof(Uint8Array).nullable(),
  html: z.instanceof(Uint8Array).nullable(),
  attachments: z.array(
    z.object({ filename: z.string(), contentType: z.string(), content: z.instanceof(Uint8Array) }),
  ),
  /** Of a delivery status notification (RFC 3464); null: the mail is none. */
  deliveryReport: z
    .object({
      action: z.enum(DELIVERY_ACTIONS),
      /** RFC 3463, such as 5.1.1. */
      status: z.string().nullable(),
      /** Lower-cased addresses that `action` is of. */
      recipients: z.array(z.string()),
      /** Of the mail that it reports on, the likeliest first; empty: it names none. */
      messageIds: z.array(z.string()),
    })
    .nullable(),
  defects: z.array(
    z.enum([
      'brokenMime',
      'tooLargeToShow',
      'noMessageId',
      'noSender',
      'addressLeftOut',
      'attachmentsLeftOut',
    ]),
  ),
})
export type ParsedMail = z.infer<typeof parsedMail>
