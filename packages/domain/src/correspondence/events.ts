import type { DomainEvent } from '../kernel/event.ts'
import type { AgentId, CustomerId, InteractionId, MailId, ThreadId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { DeliveryAction } from './delivery-report.ts'

export type MailAddress = { readonly name: string | null; readonly address: string }

/** A stored file: its SHA-256 (hex) is its key in the blob store. */
export type StoredFile = { readonly sha256: string; readonly bytes: number }

export type Attachment = StoredFile & { readonly filename: string; readonly contentType: string }

/**
 * What was wrong with a mail that we kept all the same. `addressLeftOut`: one that was too long to be an address;
 * `attachmentsLeftOut`: more than are kept one by one. The message as received has them all.
 */
export type MailDefect =
  | 'brokenMime'
  | 'tooLargeToShow'
  | 'noMessageId'
  | 'noSender'
  | 'addressLeftOut'
  | 'attachmentsLeftOut'

/** RFC 5322 headers that keep a thread together. Message-IDs stand with their angle brackets. */
export type ThreadingHeaders = {
  readonly messageId: string
  readonly inReplyTo: string | null
  readonly references: readonly string[]
}

/** Streams `thread-{id}`: one correspondence with one customer. */
export type CorrespondenceEvent =
  | DomainEvent<'ThreadOpened', { threadId: ThreadId; customerId: CustomerId; subject: string; at: Instant }>
  | DomainEvent<
      'MailReceived',
      {
        threadId: ThreadId
        mailId: MailId
        interactionId: InteractionId
        customerId: CustomerId
        headers: ThreadingHeaders
        from: MailAddress
        /** Where the sender wants answers (RFC 5322 §3.6.2); left out: the sender. */
        replyTo?: readonly MailAddress[]
        to: readonly MailAddress[]
        cc: readonly MailAddress[]
        subject: string
        /** First 500 characters as plain text. */
        excerpt: string
        /** The plain-text and HTML bodies as they came, unsanitised; null when there is none. */
        text: StoredFile | null
        html: StoredFile | null
        attachments: readonly Attachment[]
        /** The whole message as received. */
        raw: StoredFile
        defects: readonly MailDefect[]
        at: Instant
      }
    >
  | DomainEvent<
      'ReplySubmitted',
      {
        threadId: ThreadId
        mailId: MailId
        interactionId: InteractionId
        customerId: CustomerId
        agentId: AgentId
        headers: ThreadingHeaders
        from: MailAddress
        to: readonly MailAddress[]
        subject: string
        excerpt: string
        text: StoredFile
        at: Instant
      }
    >
  | DomainEvent<
      'MailSent',
      {
        threadId: ThreadId
        mailId: MailId
        interactionId: InteractionId
        customerId: CustomerId
        response: string
        at: Instant
      }
    >
  /** One try failed. `retryAt` null: given up, an operator must look. */
  | DomainEvent<
      'MailSendFailed',
      {
        threadId: ThreadId
        mailId: MailId
        interactionId: InteractionId
        customerId: CustomerId
        attempt: number
        code: string
        permanent: boolean
        retryAt: Instant | null
        at: Instant
      }
    >
  /** What a mail system further on said of a reply that was handed over (RFC 3464). `failed`: it did not arrive. */
  | DomainEvent<
      'MailDeliveryReported',
      {
        threadId: ThreadId
        mailId: MailId
        interactionId: InteractionId
        customerId: CustomerId
        /** The report, and the report as received. */
        reportId: MailId
        raw: StoredFile
        action: DeliveryAction
        /** Enhanced status code (RFC 3463), such as 5.1.1; null: none is given. */
        status: string | null
        /** Whom it is about: addresses of the reply, or what they were forwarded to. */
        recipients: readonly string[]
        at: Instant
      }
    >

/** Streams `mailMessage-{id}`, id = first 32 hex digits of SHA-256 of the Message-ID: which thread a Message-ID belongs to. */
export type MailMessageEvent =
  | DomainEvent<
      'MailMessageFiled',
      {
        messageId: string
        threadId: ThreadId
        mailId: MailId
        customerId: CustomerId
        /**
         * SHA-256 (hex) of what the sender wrote, the same in each delivery of it; null for what we sent and for what came
         * without a Message-ID. Version 1 had none.
         */
        contentSha256: string | null
        at: Instant
      }
    >
  /** The same message, delivered to another of our addresses or once more: `mailId` and `raw` are of this delivery. */
  | DomainEvent<
      'MailMessageDeliveredAgain',
      {
        messageId: string
        /** The mail that it is another delivery of. */
        filedAs: MailId
        mailId: MailId
        customerId: CustomerId
        addressedTo: readonly string[]
        raw: StoredFile
        at: Instant
      }
    >
