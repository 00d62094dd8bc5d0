import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Actor, AgentId, AutomaticMail, Instant, InteractionId } from '@centralino/domain'
import type { BlobStore, EventStore } from '@centralino/event-store'
import { z } from 'zod'
import type { CommandHandlers } from '../../commands/command-handlers.ts'
import type { Directory } from '../../directory/directory.ts'
import type { Identification } from '../../identification/identification.ts'
import type { Notices } from '../../observability/notices.ts'
import type { ReactionFailure } from '../../reactors/reactor.ts'
import { stateFile } from '../../reactors/state-file.ts'
import type { Clock } from '../../time/clock.ts'
import { createCorrespondenceHandlers } from './correspondence-handlers.ts'
import { createDeliver } from './deliver.ts'
import { CannotBeFiledError, createFileMail, type Filed } from './file-mail.ts'
import type { MailboxStatus, OpenMailbox } from './mailbox/mailbox.ts'
import type { MailTransport } from './outbox/mail-transport.ts'
import { createOutbox } from './outbox/outbox.ts'
import { createMailParser } from './parse/mail-parser.ts'
import { createReceiveMail } from './receive-mail.ts'
import { createRecordReport } from './record-report.ts'
import { createSubmitReply, type ReplyOutcome } from './submit-reply.ts'

export type MailChannelOptions = {
  readonly store: EventStore
  readonly handlers: Pick<CommandHandlers, 'interaction'>
  readonly identification: Pick<Identification, 'identify'>
  readonly directory: Pick<Directory, 'queueFor'>
  readonly blobs: BlobStore
  readonly clock: Clock
  readonly notices: Notices
  readonly onReactionFailure: (failure: ReactionFailure) => void
  /** Absolute; holds the outbox's checkpoint. */
  readonly dataDir: string
  /** Null: no mailbox is read. */
  readonly openMailbox: OpenMailbox | null
  /** Closed with the channel. */
  readonly transport: MailTransport
  readonly address: string
  /** What no person wrote and is offered to agents all the same. */
  readonly offersAutomatic: ReadonlySet<AutomaticMail>
}

export type MailChannel = AsyncDisposable & {
  start(): Promise<void>
  /**
   * One mail as received; what the mailbox does for each. Where it was filed, a delivery report with the reply that it is
   * about; null for one that is about none.
   */
  receive(content: Readable | Buffer, receivedAt: Instant): Promise<Filed | null>
  /** An agent's answer; closing the interaction is the desk's. */
  reply(
    by: { readonly actor: Actor; readonly agentId: AgentId },
    interactionId: InteractionId,
    text: string,
  ): Promise<ReplyOutcome>
  /** `off`: there is none. Why it is away stands in the notice. */
  mailboxStatus(): 'off' | MailboxStatus['status']
  /** `off`: a demo without a server, whose mails go to a folder. Otherwise how the last try went. */
  smtpStatus(): 'off' | 'up' | 'down'
  /** Rejects when the outbox can follow the log no longer: the hub must stop. */
  readonly ended: Promise<void>
}

/** E-mail, both ways: what a mailbox brings is filed, and what agents answer is handed to the transport. */
export const createMailChannel = (options: MailChannelOptions): MailChannel => {
  const { store, notices, dataDir, blobs, transport } = options
  const correspondence = createCorrespondenceHandlers(store)
  const parser = createMailParser()
  const deliver = createDeliver({ blobs, parser })
  const fileMail = createFileMail({ receive: createReceiveMail({ ...options, correspondence }), notices })
  const recordReport = createRecordReport({ ...options, correspondence })
  let smtp: 'off' | 'up' | 'down' = transport.handsTo === 'folder' ? 'off' : 'up'

  const outbox = createOutbox({
    ...options,
    correspondence,
    checkpoint: stateFile(join(dataDir, 'outbox.json'), z.string()),
    onTried: (tried) => {
      const answered = tried.outcome === 'sent' || tried.permanent
      if (smtp !== 'off') smtp = answered ? 'up' : 'down'
      if (answered) notices.clear('MAIL_NOT_SENT')
      if (tried.outcome === 'sent') {
        const { refusedRecipients } = tried
        if (refusedRecipients > 0) notices.report('MAIL_RECIPIENT_REFUSED', { refusedRecipients })
        return
      }
      const { code, attempt, givenUp } = tried
      notices.report(givenUp ? 'MAIL_GIVEN_UP' : 'MAIL_NOT_SENT', { cause: code, attempt })
    },
    onFailure: options.onReactionFailure,
  })

  const receive: MailChannel['receive'] = async (content, receivedAt) => {
    const mail = await deliver(content, receivedAt)
    return mail.deliveryReport === null ? fileMail(mail) : recordReport(mail, mail.deliveryReport)
  }

  const mailbox =
    options.openMailbox?.({
      onMail: async ({ content, receivedAt }) => {
        await receive(content, receivedAt)
        notices.clear('MAIL_NOT_FILED')
      },
      onStatus: (status) => {
        if (status.status === 'away') notices.report('MAILBOX_AWAY', { cause: status.code })
        if (status.status === 'up') notices.clear('MAILBOX_AWAY')
      },
      onRefused: (uid, error) => {
        if (error instanceof CannotBeFiledError) {
          notices.report('MAIL_PASSED_OVER', { uid })
          return 'passOver'
        }
        const { code } = (error instanceof Error ? error : {}) as { code?: string }
        notices.report('MAIL_NOT_FILED', { uid, cause: code ?? 'UNEXPECTED' })
        return 'again'
      },
    }) ?? null

  return {
    start: async () => {
      await outbox.start()
      mailbox?.start()
    },
    receive,
    reply: createSubmitReply({ ...options, correspondence }),
    mailboxStatus: () => mailbox?.status().status ?? 'off',
    smtpStatus: () => smtp,
    ended: outbox.ended,
    [Symbol.asyncDispose]: async () => {
      await mailbox?.[Symbol.asyncDispose]()
      await outbox[Symbol.asyncDispose]()
      await transport[Symbol.asyncDispose]()
      await parser[Symbol.asyncDispose]()
    },
  }
}
