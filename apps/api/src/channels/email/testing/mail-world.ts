import {
  type AgentId,
  type ContactPoint,
  emailContactPoint,
  type Instant,
  type InteractionId,
  interactionStream,
  parseId,
  parseInstant,
  type RecordedEvent,
} from '@centralino/domain'
import { sha256Hex } from '@centralino/event-store'
import { temporaryEventStore } from '@centralino/event-store/testing'
import { fakeVoiceEdge } from '@centralino/telephony/testing'
import { afresh, hubActor } from '../../../commands/because.ts'
import { type CommandHandlers, createCommandHandlers } from '../../../commands/command-handlers.ts'
import { openDirectory } from '../../../directory/directory.ts'
import { type Life, newLife } from '../../../floor/testing/mortal.ts'
import { createIdentification, type Identification } from '../../../identification/identification.ts'
import { stateInMemory } from '../../../reactors/testing/state-in-memory.ts'
import { type ManualClock, manualClock } from '../../../time/testing/manual-clock.ts'
import { type CorrespondenceHandlers, createCorrespondenceHandlers } from '../correspondence-handlers.ts'
import type { ParsedMail } from '../parse/parsed-mail.ts'
import { createReceiveMail } from '../receive-mail.ts'
import { type IncomingMail, toIncomingMail } from '../to-command.ts'

export const SUPPORT_ADDRESS = 'support@linfa.test'
export const BILLING_ADDRESS = 'billing@linfa.test'
export const sofia = parseId('agent', 'sofia')
export const by = afresh(hubActor('test'))
const AT = parseInstant('2026-11-24T09:00:00.000Z')

export const emailPoint = (address: string): ContactPoint => {
  const point = emailContactPoint(address)
  if (point === null) throw new RangeError('no mail address')
  return point
}

/** A mail as the parser hands it over; `seen` makes another mail of the same words. */
export const incomingMail = (mail: Partial<ParsedMail> = {}, seen = ''): IncomingMail => {
  const parsed: ParsedMail = {
    messageId: '<one@posta.example>',
    inReplyTo: null,
    references: [],
    date: null,
    subject: 'Invoice',
    from: { name: 'Clara', address: 'clara@posta.example' },
    replyTo: [],
    to: [{ name: null, address: SUPPORT_ADDRESS }],
    cc: [],
    deliveredTo: [],
    excerpt: 'Twice',
    text: null,
    html: null,
    attachments: [],
    deliveryReport: null,
    defects: [],
    ...mail,
  }
  const raw = JSON.stringify([parsed, seen])
  return toIncomingMail(
    parsed,
    {
      raw: { sha256: sha256Hex(raw), bytes: raw.length },
      text: null,
      html: null,
      body: null,
      attachments: [],
    },
    AT,
  )
}

export type MailRooms = {
  readonly handlers: CommandHandlers
  readonly correspondence: CorrespondenceHandlers
  readonly identification: Identification
  readonly receive: ReturnType<typeof createReceiveMail>
}

/** The mail channel's rooms on a real log, without mailbox and transport. */
export type MailWorld = AsyncDisposable & {
  readonly clock: ManualClock
  readonly notices: readonly string[]
  /** Of the life that runs now. */
  rooms(): MailRooms
  life(): Life
  /** Dies without a word and comes back from the log. */
  restart(): Promise<void>
  /** Does this in between, when the next mail has chosen its interaction and is not in the thread yet. */
  beforeNextReceived(task: () => Promise<void>): void
  log(): Promise<readonly RecordedEvent[]>
  types(): Promise<readonly string[]>
  /** Offered to and accepted by this agent. */
  handle(interactionId: InteractionId, agentId?: AgentId): Promise<void>
  /** Ended and wrapped up by this agent. */
  close(interactionId: InteractionId, agentId?: AgentId): Promise<void>
}

const QUEUES = [
  { queueId: parseId('queue', 'support'), entryPoint: SUPPORT_ADDRESS },
  { queueId: parseId('queue', 'billing'), entryPoint: BILLING_ADDRESS },
] as const

export const mailWorld = async (options: { readonly queues?: boolean } = {}): Promise<MailWorld> => {
  const store = await temporaryEventStore()
  const clock = manualClock(AT)
  const notices: string[] = []
  let between: (() => Promise<void>) | null = null
  let life = newLife(store, fakeVoiceEdge())

  for (const { queueId, entryPoint } of options.queues === false ? [] : QUEUES) {
    const settings = { name: queueId, requiredSkills: [], offerTimeoutSeconds: 20, wrapUpSeconds: 60 }
    await createCommandHandlers(store).queue.handle(
      { type: 'DefineQueue', queueId, settings: { ...settings, entryPoints: [entryPoint] }, at: AT },
      by,
    )
  }

  const begin = async (): Promise<MailRooms> => {
    const handlers = createCommandHandlers(life.store)
    const { thread, mailMessage } = createCorrespondenceHandlers(life.store)
    const correspondence: CorrespondenceHandlers = {
      mailMessage,
      thread: {
        ...thread,
        handle: async (command, context) => {
          const task = between
          between = null
          await task?.()
          return thread.handle(command, context)
        },
      },
    }
    const identification = createIdentification(handlers)
    return {
      handlers,
      correspondence,
      identification,
      receive: createReceiveMail({
        store: life.store,
        handlers,
        correspondence,
        identification,
        directory: await openDirectory(store, stateInMemory()),
        address: SUPPORT_ADDRESS,
        notices: { report: (code) => void notices.push(code) },
      }),
    }
  }
  let rooms = await begin()

  const log = async () => {
    const events: RecordedEvent[] = []
    for await (const event of store.readAll()) events.push(event)
    return events
  }
  const at = (): Instant => clock.now()
  return {
    clock,
    notices,
    rooms: () => rooms,
    life: () => life,
    beforeNextReceived: (task) => {
      between = task
    },
    restart: async () => {
      life.kill()
      life = newLife(store, fakeVoiceEdge())
      rooms = await begin()
    },
    log,
    types: async () => (await log()).map(({ type }) => type).filter((type) => type !== 'QueueDefined'),
    handle: async (interactionId, agentId = sofia) => {
      const offerId = parseId('offer', `offer-${interactionId}-${agentId}`)
      const expiresAt = parseInstant('2026-11-24T10:00:00.000Z')
      const { interaction } = rooms.handlers
      const offer = { interactionId, offerId, agentId, at: at() }
      await interaction.handle({ type: 'RecordOffer', ...offer, expiresAt }, by)
      await interaction.handle({ type: 'StartHandling', ...offer }, by)
      const state = await interaction.state(interactionStream(interactionId))
      if (state.status !== 'handling') throw new Error(`not handled but ${state.status}`)
    },
    close: async (interactionId, agentId = sofia) => {
      const { interaction } = rooms.handlers
      await interaction.handle({ type: 'EndHandling', interactionId, how: 'answered', at: at() }, by)
      await interaction.handle(
        { type: 'WrapUp', interactionId, agentId, disposition: 'solved', note: '', at: at() },
        by,
      )
      const state = await interaction.state(interactionStream(interactionId))
      if (state.status !== 'closed') throw new Error(`not closed but ${state.status}`)
    },
    [Symbol.asyncDispose]: async () => {
      life.kill()
      await store[Symbol.asyncDispose]()
    },
  }
}
