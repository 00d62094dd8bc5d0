import {
  type CorrespondenceEvent,
  type Instant,
  type MailState,
  millisecondsBetween,
  type ThreadId,
} from '@centralino/domain'
import { type EventStore, uuidv7 } from '@centralino/event-store'
import { hubActor } from '../../commands/because.ts'
import type { CommandHandlers } from '../../commands/command-handlers.ts'
import type { Notices } from '../../observability/notices.ts'
import type { CorrespondenceHandlers } from './correspondence-handlers.ts'
import { type Filed, MailRefusedError } from './file-mail.ts'
import { createFindThread } from './find-thread.ts'
import type { IncomingMail } from './to-command.ts'

type Report = NonNullable<IncomingMail['deliveryReport']>
type Reply = { readonly threadId: ThreadId } & Pick<MailState, 'mailId' | 'interactionId' | 'customerId'>

export type RecordReportOptions = {
  readonly store: Pick<EventStore, 'readAll'>
  readonly handlers: Pick<CommandHandlers, 'interaction'>
  readonly correspondence: CorrespondenceHandlers
  readonly notices: Pick<Notices, 'report'>
}

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
  const { ownReply } = createFindThread(options)

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
    const named = await ownReply(messageIds)
    const reply =
      messageIds.length === 0
        ? await newestTo(report.recipients, mail.at)
        : named && { ...named.reply, threadId: named.threadId }
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
