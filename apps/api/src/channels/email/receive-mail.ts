import {
  type AutomaticMail,
  type CustomerId,
  type InteractionId,
  interactionStream,
  isFiledMessage,
  parseId,
  type QueueId,
  type ThreadId,
  threadStream,
} from '@centralino/domain'
import { type CommandContext, type EventStore, uuidv5, uuidv7 } from '@centralino/event-store'
import { hubActor } from '../../commands/because.ts'
import type { CommandHandlers } from '../../commands/command-handlers.ts'
import { createSerialQueue } from '../../concurrency/serial-queue.ts'
import type { Directory } from '../../directory/directory.ts'
import type { Identification } from '../../identification/identification.ts'
import type { Notices } from '../../observability/notices.ts'
import { type CorrespondenceHandlers, streamOfMessageId } from './correspondence-handlers.ts'
import { type Filed, MailRefusedError } from './file-mail.ts'
import { createFindThread } from './find-thread.ts'
import type { IncomingMail } from './to-command.ts'

/** A mail cannot be routed while no queue takes mail at all: it stays in the mailbox and is tried again. */
export class NoMailQueueError extends Error {
  readonly code = 'NO_MAIL_QUEUE'
}

export type ReceiveMailOptions = {
  readonly store: Pick<EventStore, 'readStream'>
  readonly handlers: Pick<CommandHandlers, 'interaction'>
  readonly correspondence: CorrespondenceHandlers
  readonly identification: Pick<Identification, 'identify'>
  readonly directory: Pick<Directory, 'queueFor'>
  /** The support address: its queue takes what was addressed to nobody we know (a Bcc, an alias). */
  readonly address: string
  /** What no person wrote and is offered to agents all the same. */
  readonly offersAutomatic: ReadonlySet<AutomaticMail>
  readonly notices: Pick<Notices, 'report'>
}

const LAST = { direction: 'backwards', limit: 1 } as const
/** Mails that may wait their turn; a mailbox brings them one by one. */
const MOST_WAITING = 1_000
/**
 * Makes a received mail a part of its customer's life: identifies the sender, finds the thread by the Message-IDs that
 * the mail follows, joins the thread's open interaction or opens and queues one. Each step's events have ids derived from
 * the mail's, so that receiving a mail twice, or again after a crash in between, appends nothing twice. Another delivery of
 * the same message (it was written to two of our addresses) is recorded as that, and is nobody's second contact. What no
 * person wrote joins the thread of the reply that set it off, or is a contact that is over at once: nobody is offered it.
 */
export const createReceiveMail = (options: ReceiveMailOptions) => {
  const { store, handlers, correspondence, identification, directory } = options
  const find = createFindThread(options)

  /**
   * The mailbox's own address stands in what the server notes of an alias's mail too: where the sender did not write it, any
   * other address of ours says more.
   */
  const entryPointsOf = ({ addressedTo, content }: IncomingMail): readonly string[] => {
    const own = options.address.toLowerCase()
    const isWritten = [...content.to, ...content.cc].some(({ address }) => address.toLowerCase() === own)
    return isWritten ? addressedTo : addressedTo.filter((address) => address !== own)
  }

  const queueOf = (mail: IncomingMail): { queueId: QueueId; entryPoint: string } => {
    for (const entryPoint of entryPointsOf(mail)) {
      const queue = directory.queueFor(entryPoint)
      if (queue !== null) return { queueId: queue.queueId, entryPoint }
    }
    const fallback = directory.queueFor(options.address)
    if (fallback === null) {
      options.notices.report('MAIL_QUEUE_MISSING')
      throw new NoMailQueueError('no queue has the support address among its entry points')
    }
    return { queueId: fallback.queueId, entryPoint: options.address }
  }

  /** Whether the interaction was over before the mail came into it: then nobody has seen the mail there. */
  const cameTooLate = async (mail: IncomingMail, threadId: ThreadId, interactionId: InteractionId) => {
    const interaction = await handlers.interaction.state(interactionStream(interactionId))
    if (interaction.status !== 'closed') return false
    let closedAt = ''
    for await (const last of store.readStream(interactionStream(interactionId), LAST))
      closedAt = last.position
    for await (const event of store.readStream(threadStream(threadId), { direction: 'backwards' })) {
      const { mailId } = event.data as { mailId?: string }
      if (event.type === 'MailReceived' && mailId === mail.mailId) return closedAt < event.position
    }
    return false
  }

  const mustBeAccepted = (handled: {
    readonly outcome: string
    readonly refusal?: { readonly code: string }
  }): void => {
    if (handled.outcome === 'refused')
      throw new MailRefusedError(`a received mail was refused: ${handled.refusal?.code}`)
  }

  const recordDelivery = async (mail: IncomingMail, customerId: CustomerId): Promise<void> => {
    const { messageId } = mail.content.headers
    const { mailId, addressedTo, at } = mail
    mustBeAccepted(
      await correspondence.mailMessage.handle(
        { type: 'RecordDelivery', messageId, mailId, addressedTo, raw: mail.content.raw, at },
        {
          actor: hubActor('email'),
          correlationId: uuidv7(),
          causationId: null,
          customerId,
          idempotencyKey: `${mailId}/deliveredAgain`,
        },
      ),
    )
  }

  /**
   * The mail under the name of its message's first delivery, and the thread that this one was filed in. A delivery that
   * finds the first one left unfinished finishes it, and the first one, brought again, finds nothing left to do.
   */
  const asFiled = async (mail: IncomingMail): Promise<{ mail: IncomingMail; filedIn: ThreadId | null }> => {
    const { messageId } = mail.content.headers
    const filed = await correspondence.mailMessage.state(streamOfMessageId(messageId))
    if (!isFiledMessage(filed, mail)) return { mail, filedIn: null }
    const { mailId, threadId: filedIn, customerId } = filed
    if (mailId === mail.mailId) return { mail, filedIn }
    await recordDelivery(mail, customerId)
    return { mail: { ...mail, mailId, content: { ...mail.content, mailId } }, filedIn }
  }

  /** Our own reply, which came round to us by a forwarding address or a loop: another delivery of it, and no contact. */
  const ownReplyBack = async (mail: IncomingMail): Promise<Filed | null> => {
    const from = mail.content.from.address.toLowerCase()
    if (from !== options.address && directory.queueFor(from) === null) return null
    const own = await find.ownReply([mail.content.headers.messageId])
    if (own === null) return null
    await recordDelivery(mail, own.reply.customerId)
    return { threadId: own.threadId, interactionId: own.reply.interactionId }
  }

  const receiveNext = async (delivered: IncomingMail): Promise<Filed> => {
    const back = await ownReplyBack(delivered)
    if (back !== null) return back
    const { mail, filedIn } = await asFiled(delivered)
    const { queueId, entryPoint } = queueOf(mail)
    const { automatic } = mail.content
    const isForAgents = automatic === null || options.offersAutomatic.has(automatic)
    const correlationId = uuidv7()
    const context = (purpose: string, customerId?: CustomerId): CommandContext => ({
      actor: hubActor('email'),
      correlationId,
      causationId: null,
      ...(customerId === undefined ? {} : { customerId }),
      idempotencyKey: `${mail.mailId}/${purpose}`,
    })

    // An answering machine need not have the address that the reply went to: mail is forwarded.
    const setOffBy = isForAgents ? null : await find.ownReply(mail.follows)
    const { customerId: best, candidates } =
      setOffBy === null
        ? await identification.identify(mail.contactPoint, mail.at, context('identify'))
        : { customerId: setOffBy.reply.customerId, candidates: [] }
    const followed =
      filedIn ??
      setOffBy?.threadId ??
      (await find.followed(mail.follows, new Set(candidates.map((candidate) => candidate.customerId))))
    const threadId = followed ?? parseId('thread', uuidv5(`thread of ${mail.mailId}`))
    const before = await correspondence.thread.state(threadStream(threadId))
    const customerId = before.status === 'open' ? before.customerId : best
    const ownInteractionId = parseId('interaction', uuidv5(`interaction of ${mail.mailId}`))

    const open = async () => {
      mustBeAccepted(
        await handlers.interaction.handle(
          {
            type: 'OpenInteraction',
            interactionId: ownInteractionId,
            channel: 'email',
            direction: 'inbound',
            customerId,
            candidates,
            contactPoint: mail.contactPoint,
            entryPoint,
            subject: mail.content.subject,
            carrier: { kind: 'thread', threadId },
            at: mail.at,
          },
          context('open', customerId),
        ),
      )
    }
    const queue = async () => {
      const state = await handlers.interaction.state(interactionStream(ownInteractionId))
      if (state.status !== 'open') return
      mustBeAccepted(
        await handlers.interaction.handle(
          { type: 'QueueInteraction', interactionId: ownInteractionId, queueId, at: mail.at },
          context('queue', customerId),
        ),
      )
    }

    /** Refused when the interaction was closed meanwhile: then the mail opens another. */
    const chase = async (interactionId: InteractionId) => {
      await handlers.interaction.handle(
        { type: 'RecordChaser', interactionId, mailId: mail.mailId, at: mail.at },
        context('chase', customerId),
      )
    }
    const closeAtOnce = async () => {
      const state = await handlers.interaction.state(interactionStream(ownInteractionId))
      if (state.status !== 'open') return
      mustBeAccepted(
        await handlers.interaction.handle(
          { type: 'CloseInteraction', interactionId: ownInteractionId, how: 'automatic', at: mail.at },
          context('close', customerId),
        ),
      )
    }

    // Filed first: whatever happens in between, the next delivery of this message goes on with this one.
    mustBeAccepted(
      await correspondence.mailMessage.handle(
        {
          type: 'FileMailMessage',
          messageId: mail.content.headers.messageId,
          threadId,
          mailId: mail.mailId,
          customerId,
          contentSha256: mail.contentSha256,
          at: mail.at,
        },
        context('file', customerId),
      ),
    )
    const known = before.status === 'open' ? before.mails.get(mail.mailId) : undefined
    const newest = before.status === 'open' ? before.interactionIds.at(-1) : undefined
    const joined =
      known?.interactionId ?? (isForAgents ? await find.openInteraction(before) : (newest ?? null))
    if (joined === null) await open()
    const interactionId = joined ?? ownInteractionId
    // Before the mail is there: brought again, it must not chase itself.
    if (
      isForAgents &&
      joined !== null &&
      known === undefined &&
      before.status === 'open' &&
      before.awaitsAnswer
    )
      await chase(joined)
    mustBeAccepted(
      await correspondence.thread.handle(
        { type: 'ReceiveMail', threadId, interactionId, customerId, ...mail.content, at: mail.at },
        context('receive', customerId),
      ),
    )
    if (!isForAgents) {
      if (interactionId === ownInteractionId) await closeAtOnce()
    } else if (interactionId === ownInteractionId) {
      await queue()
    } else if (await cameTooLate(mail, threadId, interactionId)) {
      // The agent closed the interaction while this mail was joining it.
      await open()
      await queue()
    }
    return { threadId, interactionId }
  }

  // One after the other, so that two deliveries of one message that come at once are one mail.
  const line = createSerialQueue(MOST_WAITING)
  return (mail: IncomingMail): Promise<Filed> => line.run(() => receiveNext(mail))
}
