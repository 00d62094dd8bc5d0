import {
  type CorrespondenceState,
  type CustomerId,
  type InteractionId,
  interactionStream,
  type MailState,
  type ThreadId,
  threadStream,
} from '@centralino/domain'
import type { CommandHandlers } from '../../commands/command-handlers.ts'
import { type CorrespondenceHandlers, streamOfMessageId } from './correspondence-handlers.ts'

type Reply = Exclude<MailState, { status: 'received' }>
export type OwnReply = { readonly threadId: ThreadId; readonly reply: Reply }

/** How many Message-IDs of a mail's history are looked up, and interactions of its thread, the nearest first. */
const LOOKED_UP = 20

/** Looks up what a mail belongs to, by the Message-IDs that were filed. */
export const createFindThread = (options: {
  readonly handlers: Pick<CommandHandlers, 'interaction'>
  readonly correspondence: CorrespondenceHandlers
}) => {
  const { handlers, correspondence } = options

  /** The reply of ours that has one of these Message-IDs. */
  const ownReply = async (messageIds: readonly string[]): Promise<OwnReply | null> => {
    for (const messageId of messageIds.slice(0, LOOKED_UP)) {
      const filed = await correspondence.mailMessage.state(streamOfMessageId(messageId))
      if (filed.status !== 'filed') continue
      const thread = await correspondence.thread.state(threadStream(filed.threadId))
      const mail = thread.status === 'open' ? thread.mails.get(filed.mailId) : undefined
      if (mail !== undefined && mail.status !== 'received') return { threadId: filed.threadId, reply: mail }
    }
    return null
  }

  /**
   * The thread of the mails with these Message-IDs. Its customer must be the sender: who forwards or quotes somebody else's
   * mail does not get into that person's correspondence.
   */
  const followed = async (
    messageIds: readonly string[],
    customerIds: ReadonlySet<CustomerId>,
  ): Promise<ThreadId | null> => {
    for (const messageId of messageIds.slice(0, LOOKED_UP)) {
      const filed = await correspondence.mailMessage.state(streamOfMessageId(messageId))
      if (filed.status === 'filed' && customerIds.has(filed.customerId)) return filed.threadId
    }
    return null
  }

  /** The newest interaction of a thread that is not over. */
  const openInteraction = async (thread: CorrespondenceState): Promise<InteractionId | null> => {
    if (thread.status === 'none') return null
    for (const interactionId of thread.interactionIds.slice(-LOOKED_UP).toReversed()) {
      const interaction = await handlers.interaction.state(interactionStream(interactionId))
      if (interaction.status !== 'none' && interaction.status !== 'closed') return interactionId
    }
    return null
  }

  return { ownReply, followed, openInteraction }
}
