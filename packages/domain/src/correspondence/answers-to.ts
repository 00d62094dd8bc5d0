import type { MailAddress } from './events.ts'

/**
 * Whom an answer to a received mail goes to (RFC 5322 §3.6.2): its Reply-To, else its From. Empty: the mail names nobody who
 * can be answered.
 */
export const answersTo = (mail: {
  readonly from: MailAddress
  readonly replyTo?: readonly MailAddress[]
}): readonly MailAddress[] => (mail.replyTo ?? [mail.from]).filter(({ address }) => address !== '')
