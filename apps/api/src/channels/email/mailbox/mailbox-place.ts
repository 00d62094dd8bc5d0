import { z } from 'zod'

/**
 * How far a mailbox is read. UIDs only grow while `uidValidity` stays (RFC 3501 §2.3.1.1); when the server changes it,
 * what is unread is read again, and a mail that was filed already is recognised by its bytes.
 */
export const mailboxPlace = z.object({ uidValidity: z.string(), lastUid: z.number().int().nonnegative() })
export type MailboxPlace = z.infer<typeof mailboxPlace>
