import {
  type CorrespondenceEvent,
  type Instant,
  type MailId,
  type MailState,
  millisecondsBetween,
  type ThreadId,
  threadStream,
} from '@centralino/domain'
import { type EventStore, uuidv7 } from '@centralino/event-store'
import { hubActor } from '../../commands/because.ts'
import type { Notices } from '../../observability/notices.ts'
import { type CorrespondenceHandlers, streamOfMessageId } from './correspondence-handlers.ts'
import { type Filed, MailRefusedError } from './file-mail.ts'
import type { IncomingMail } from './to-command.ts'

type Report = NonNullable<IncomingMail['deliveryReport']>
type Reply = { readonly threadId: ThreadId } & Pick<MailState, 'mailId' | 'interactionId' | 'customerId'>

export type RecordReportOptions = {
  readonly store: Pick<EventStore, 'readAll'>
  readonly correspondence: CorrespondenceHandlers
  readonly notices: Pick<Notices, 'report'>
}

/** Message-IDs of a report that are looked up. */
const LOOKED_UP = 20
/** How far back the log is read for a reply to an address: as long as mail systems try, and no more than takes a moment. */
const LOOKED_THROUGH_EVENTS = 20_000
const LOOKED_THROUGH_MILLISECONDS = 6 * 24 * 60 * 60 * 1_000

/**
 * Writes what a delivery report says to the thread of the reply that it is about, found by the reply's Message-ID, or where
 * the report names none, by whom it went to. Nobody is identified and nothing is queued: a mail system is no customer. A
 * report on nothing that was sent from here (somebody else wrote in our name) is told to the operator and stays in the
 * mailbox; then the answer is null.
 */
export const createRecordReport = (options: RecordReportOptions) => {
  const { store, correspondence, notices } = options

  const replyOf = async (threadId: ThreadId, mailId: MailId): Promise<Reply | null> => {
    const thread = await correspondence.thread.state(threadStream(threadId))
    const mail = thread.status === 'open' ? thread.mails.get(mailId) : undefined
    return mail === undefined || mail.status === 'received' ? null : { ...mail, threadId }
  }

  const byMessageId = async (messageIds: readonly string[]): Promise<Reply | null> => {
    for (const messageId of messageIds.slice(0, LOOKED_UP)) {
      const filed = await correspondence.mailMessage.state(streamOfMessageId(messageId))
      const reply = filed.status === 'filed' ? await replyOf(filed.threadId, filed.mailId) : null
      if (reply !== null) return reply
    }
    return null
  }

  const newestTo = async (recipients: readonly string[], before: Instant): Promise<Reply | null> => {
    const newest = store.readAll({ direction: 'backwards', limit: LOOKED_THROUGH_EVENTS })
    for await (const recorded of newest) {
      if (recorded.type !== 'ReplySubmitted') continue
      const { data } = recorded as { data: unknown } as Extract<
        CorrespondenceEvent,
        { type: 'ReplySubmitted' }
      >
      if (millisecondsBetween(data.at, before) > LOOKED_THROUGH_MILLISECONDS) return null
      if (data.to.some(({ address }) => recipients.includes(address.toLowerCase()))) return data
    }
    return null
  }

  return async (mail: IncomingMail, report: Report): Promise<Filed | null> => {
    const messageIds = [...report.messageIds, ...mail.follows]
    const reply =
      messageIds.length > 0 ? await byMessageId(messageIds) : await newestTo(report.recipients, mail.at)
    if (reply === null) {
      notices.report('MAIL_REPORT_UNMATCHED', { mail: mail.mailId })
      return null
    }
    const { threadId, mailId, interactionId, customerId } = reply
    const { action, status, recipients } = report
    const handled = await correspondence.thread.handle(
      {
        type: 'RecordDeliveryReport',
        threadId,
        mailId,
        reportId: mail.mailId,
        raw: mail.content.raw,
        action,
        status,
        recipients,
        at: mail.at,
      },
      {
        actor: hubActor('email'),
        correlationId: uuidv7(),
        causationId: null,
        customerId,
        idempotencyKey: `${mail.mailId}/report`,
      },
    )
    if (handled.outcome === 'refused')
      throw new MailRefusedError(`a delivery report was refused: ${handled.refusal.code}`)
    return { threadId, interactionId }
  }
}
