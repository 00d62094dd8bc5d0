import type { Refusal } from '../kernel/decision.ts'
import type { CustomerId, MailId, ThreadId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { CorrespondenceEvent, StoredFile } from './events.ts'

type DataOf<T extends CorrespondenceEvent['type']> = Omit<
  Extract<CorrespondenceEvent, { type: T }>['data'],
  'threadId' | 'at'
>
type Of<T extends string, Data> = {
  readonly type: T
  readonly threadId: ThreadId
  readonly at: Instant
} & Readonly<Data>

export type CorrespondenceCommand =
  /** Opens the thread when it is new. A mail (same `mailId`) received twice is accepted with no events. */
  | Of<'ReceiveMail', DataOf<'MailReceived'>>
  | Of<'SubmitReply', DataOf<'ReplySubmitted'>>
  | Of<'RecordSent', { mailId: MailId; response: string }>
  | Of<'RecordSendFailure', { mailId: MailId; code: string; permanent: boolean; retryAt: Instant | null }>
  /** Accepted with no events once the reply has come back: what is told of it later is older, or the same again. */
  | Of<'RecordDeliveryReport', Omit<DataOf<'MailDeliveryReported'>, 'interactionId' | 'customerId'>>

export type CorrespondenceRefusal =
  | Refusal<'THREAD_UNKNOWN', { threadId: ThreadId }>
  | Refusal<'MAIL_UNKNOWN', { threadId: ThreadId; mailId: MailId }>
  | Refusal<'REPLY_EMPTY', { threadId: ThreadId }>
  | Refusal<'REPLY_HAS_NO_RECIPIENT', { threadId: ThreadId }>

export type MailMessageCommand =
  | {
      readonly type: 'FileMailMessage'
      readonly messageId: string
      readonly threadId: ThreadId
      readonly mailId: MailId
      readonly customerId: CustomerId
      readonly contentSha256: string | null
      readonly at: Instant
    }
  /** Accepted with no events when this delivery is the one that was filed, or was recorded before. */
  | {
      readonly type: 'RecordDelivery'
      readonly messageId: string
      readonly mailId: MailId
      readonly addressedTo: readonly string[]
      readonly raw: StoredFile
      readonly at: Instant
    }

export type MailMessageRefusal = Refusal<'MESSAGE_NOT_FILED', { mailId: MailId }>
