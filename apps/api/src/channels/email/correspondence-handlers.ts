import {
  type CorrespondenceCommand,
  type CorrespondenceEvent,
  type CorrespondenceRefusal,
  type CorrespondenceState,
  correspondenceDecider,
  type MailMessageCommand,
  type MailMessageEvent,
  type MailMessageRefusal,
  type MailMessageState,
  mailMessageDecider,
  mailMessageStream,
  threadStream,
} from '@centralino/domain'
import {
  type CommandHandler,
  createCommandHandler,
  type EventStore,
  sha256Hex,
} from '@centralino/event-store'

/** The stream of a Message-ID: its hash, so that no stream name carries what a stranger wrote. */
export const streamOfMessageId = (messageId: string): string =>
  mailMessageStream(sha256Hex(messageId).slice(0, 32))

export type CorrespondenceHandlers = {
  readonly thread: CommandHandler<
    CorrespondenceCommand,
    CorrespondenceEvent,
    CorrespondenceState,
    CorrespondenceRefusal
  >
  readonly mailMessage: CommandHandler<
    MailMessageCommand,
    MailMessageEvent,
    MailMessageState,
    MailMessageRefusal
  >
}

export const createCorrespondenceHandlers = (store: EventStore): CorrespondenceHandlers => ({
  thread: createCommandHandler({
    store,
    decider: correspondenceDecider,
    streamOf: (command) => threadStream(command.threadId),
  }),
  mailMessage: createCommandHandler({
    store,
    decider: mailMessageDecider,
    streamOf: (command) => streamOfMessageId(command.messageId),
  }),
})
