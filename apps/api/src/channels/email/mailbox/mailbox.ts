import type { Readable } from 'node:stream'
import type { Instant } from '@centralino/domain'

export type MailboxStatus =
  | { readonly status: 'connecting' }
  | { readonly status: 'up' }
  | { readonly status: 'away'; readonly code: string }
  | { readonly status: 'stopped' }

export type Delivery = { readonly content: Readable; readonly receivedAt: Instant }

export type MailboxListener = {
  /** Resolves when the mail is in the log; throws to have it brought again. */
  readonly onMail: (delivery: Delivery) => Promise<void>
  /** Connected, or lost with a literal code. */
  readonly onStatus: (status: MailboxStatus) => void
  /**
   * `onMail` threw. `again`: the mail is tried at the next round, and those behind it wait. `passOver`: it stays in the
   * mailbox as nobody has read it, and the next one's turn comes.
   */
  readonly onRefused: (uid: number, error: unknown) => 'again' | 'passOver'
}

/** Where mails come in: each is brought in the order of its UID, until it is in the log. */
export type Mailbox = AsyncDisposable & {
  start(): void
  status(): MailboxStatus
}

export type OpenMailbox = (listener: MailboxListener) => Mailbox
