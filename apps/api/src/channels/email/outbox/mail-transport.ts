import type { MailAddress } from '@centralino/domain'

/** A mail to be handed over, its identity included: a repeat carries the same Message-ID. */
export type OutgoingMail = {
  readonly messageId: string
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly from: MailAddress
  readonly to: readonly MailAddress[]
  readonly subject: string
  readonly text: string
  /** ISO 8601. */
  readonly date: string
}

export type HandOver =
  /** `refusedRecipients`: of several, how many the server would not take while it took the mail for the others. */
  | { readonly outcome: 'sent'; readonly response: string; readonly refusedRecipients: number }
  /** `permanent`: the server said never (5yz, RFC 5321 §4.2.1); otherwise a later try may go through. */
  | { readonly outcome: 'failed'; readonly code: string; readonly permanent: boolean }

/** Hands mails over: to an SMTP server, or in demo mode to a folder. Never throws for what the far end does. */
export type MailTransport = AsyncDisposable & {
  /** Whose answer it is that a mail was sent. */
  readonly handsTo: 'server' | 'folder'
  send(mail: OutgoingMail): Promise<HandOver>
}
