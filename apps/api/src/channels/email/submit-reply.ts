import {
  type Actor,
  type AgentId,
  answersTo,
  type CorrespondenceEvent,
  type CorrespondenceRefusal,
  type InteractionId,
  interactionStream,
  type MailAddress,
  parseId,
  type ThreadId,
  threadStream,
} from '@centralino/domain'
import { type BlobStore, type EventStore, uuidv7 } from '@centralino/event-store'
import { afresh, withPurpose } from '../../commands/because.ts'
import type { CommandHandlers } from '../../commands/command-handlers.ts'
import type { Outcome } from '../../commands/outcome.ts'
import type { Clock } from '../../time/clock.ts'
import type { CorrespondenceHandlers } from './correspondence-handlers.ts'

type Received = Extract<CorrespondenceEvent, { type: 'MailReceived' }>['data']

export type SubmitReplyOptions = {
  readonly store: EventStore
  readonly handlers: Pick<CommandHandlers, 'interaction'>
  readonly correspondence: CorrespondenceHandlers
  readonly blobs: Pick<BlobStore, 'put'>
  /** Sends for mails that were addressed to none of our addresses. */
  readonly address: string
  readonly clock: Clock
}

/** Every literal code that a reply is refused with; closing it afterwards is the desk's. */
export type ReplyRefusalCode =
  | CorrespondenceRefusal['code']
  | 'INTERACTION_UNKNOWN'
  | 'NOT_A_MAIL'
  | 'WRONG_STATUS'
  | 'NOT_YOURS'
  | 'REPLY_TOO_LONG'

export type ReplyOutcome = Outcome<ReplyRefusalCode>

/** Characters (UTF-16 code units) of a reply. */
export const REPLY_LIMIT = 100_000
/** RFC 5322 lets References grow for ever; the first and the nearest keep a thread together. */
const MOST_REFERENCES = 30
const EXCERPT_CHARACTERS = 500

type Parent = Pick<Received, 'headers' | 'defects'>

/** The Message-ID that the customer's mail program knows the mail by; null: the mail came without, and the id is ours. */
const ownMessageId = ({ headers, defects }: Parent): string | null =>
  defects.includes('noMessageId') ? null : headers.messageId

/** References of an answer (RFC 5322 §3.6.4): the parent's, or its In-Reply-To, then the parent itself. */
export const referencesOfReply = (parent: Parent): readonly string[] => {
  const { references, inReplyTo } = parent.headers
  const before = references.length > 0 ? references : inReplyTo === null ? [] : [inReplyTo]
  const messageId = ownMessageId(parent)
  const all = [...new Set([...before, ...(messageId === null ? [] : [messageId])])]
  return all.length <= MOST_REFERENCES ? all : [...all.slice(0, 1), ...all.slice(1 - MOST_REFERENCES)]
}

export const subjectOfReply = (subject: string): string =>
  /^re:/i.test(subject) ? subject : `Re: ${subject}`.trim()

/**
 * Takes an agent's answer to the thread's newest mail from the customer: only the agent who handles the interaction may
 * answer. The reply is on disk and in the log when this resolves; the outbox hands it over.
 */
export const createSubmitReply = (options: SubmitReplyOptions) => {
  const { store, handlers, correspondence, clock } = options

  /** What a person wrote, before what an answering machine did. */
  const newestReceived = async (threadId: ThreadId): Promise<Received | null> => {
    let newest: Received | null = null
    for await (const event of store.readStream(threadStream(threadId), { direction: 'backwards' })) {
      if (event.type !== 'MailReceived') continue
      const received = event.data as Received
      if (received.automatic === null) return received
      newest ??= received
    }
    return newest
  }

  return async (
    by: { readonly actor: Actor; readonly agentId: AgentId },
    interactionId: InteractionId,
    text: string,
  ): Promise<ReplyOutcome> => {
    const interaction = await handlers.interaction.state(interactionStream(interactionId))
    if (interaction.status === 'none') return { ok: false, code: 'INTERACTION_UNKNOWN' }
    if (interaction.carrier.kind !== 'thread') return { ok: false, code: 'NOT_A_MAIL' }
    if (interaction.status !== 'handling') return { ok: false, code: 'WRONG_STATUS' }
    if (interaction.agentId !== by.agentId) return { ok: false, code: 'NOT_YOURS' }
    if (text.trim() === '') return { ok: false, code: 'REPLY_EMPTY' }
    if (text.length > REPLY_LIMIT) return { ok: false, code: 'REPLY_TOO_LONG' }

    const { threadId } = interaction.carrier
    const parent = await newestReceived(threadId)
    if (parent === null) return { ok: false, code: 'THREAD_UNKNOWN' }
    const from: MailAddress = { name: null, address: await entryPointOf(interactionId) }
    const mailId = parseId('mail', uuidv7())
    const messageId = `<${mailId}@${from.address.split('@')[1] ?? 'localhost'}>`
    const context = { ...afresh(by.actor, interaction.customerId), idempotencyKey: `reply ${mailId}` }
    const at = clock.now()
    // Filed first: an answer to it that overtakes everything else finds its thread.
    await correspondence.mailMessage.handle(
      {
        type: 'FileMailMessage',
        messageId,
        threadId,
        mailId,
        customerId: interaction.customerId,
        contentSha256: null,
        at,
      },
      withPurpose(context, 'file'),
    )
    const stored = await options.blobs.put(Buffer.from(text, 'utf8'))
    const handled = await correspondence.thread.handle(
      {
        type: 'SubmitReply',
        threadId,
        mailId,
        interactionId,
        customerId: interaction.customerId,
        agentId: by.agentId,
        headers: {
          messageId,
          inReplyTo: ownMessageId(parent),
          references: referencesOfReply(parent),
        },
        from,
        to: answersTo(parent),
        subject: subjectOfReply(parent.subject),
        excerpt: text.replace(/\s+/g, ' ').trim().slice(0, EXCERPT_CHARACTERS),
        text: stored,
        at,
      },
      context,
    )
    return handled.outcome === 'refused' ? { ok: false, code: handled.refusal.code } : { ok: true }
  }

  /** The address that the customer wrote to answers. */
  async function entryPointOf(interactionId: InteractionId): Promise<string> {
    for await (const event of store.readStream(interactionStream(interactionId), { limit: 1 })) {
      const { entryPoint } = event.data as { entryPoint?: string }
      if (entryPoint?.includes('@')) return entryPoint
    }
    return options.address
  }
}
