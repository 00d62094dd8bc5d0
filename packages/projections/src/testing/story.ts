import type {
  AgentId,
  CallId,
  ContactPoint,
  CustomerCandidate,
  CustomerId,
  FloorId,
  InteractionId,
  LegId,
  MailId,
  OfferId,
  QueueId,
  RecordedEvent,
  ThreadId,
  WaitingWork,
} from '@centralino/domain'
import { plusMilliseconds } from '@centralino/domain/kernel'
import type { DataOf, KnownType } from '../projector/projection.ts'
import type { ReadModels } from '../read-models.ts'
import { readModelsInMemory } from '../read-models-in-memory.ts'
import { recorder } from './recorder.ts'

/** Ids for specs, which mint them from words. */
export const id = {
  agent: (text: string) => text as AgentId,
  call: (text: string) => text as CallId,
  customer: (text: string) => text as CustomerId,
  interaction: (text: string) => text as InteractionId,
  leg: (text: string) => text as LegId,
  mail: (text: string) => text as MailId,
  offer: (text: string) => text as OfferId,
  queue: (text: string) => text as QueueId,
  thread: (text: string) => text as ThreadId,
}

const floorId = 'main' as FloorId
export const phone = (value: string): ContactPoint => ({ kind: 'phone', value, raw: value })
export const address = (value: string): ContactPoint => ({ kind: 'email', value, raw: value })

/** Collects a spec's events; each method records one or a few that belong together, all at the same instant until `pass`. */
export class Story {
  readonly events: RecordedEvent[] = []
  readonly #log = recorder()

  get now() {
    return this.#log.now
  }

  pass(seconds: number): this {
    this.#log.pass(seconds)
    return this
  }

  add<Type extends KnownType>(type: Type, data: Omit<DataOf<Type>, 'at'>, stream = 'any'): this {
    this.events.push(this.#log.record(stream, type, data))
    return this
  }

  floor<Type extends KnownType>(type: Type, data: Omit<DataOf<Type>, 'at' | 'floorId'>): this {
    return this.add(
      type,
      { floorId, ...data } as unknown as Omit<DataOf<Type>, 'at'>,
      'floor-main-2026-11-24',
    )
  }

  customer(customerId: string, name: string): this {
    return this.add('CustomerRegistered', {
      customerId: id.customer(customerId),
      profile: { name, language: 'it', place: 'Rome', customerSince: null },
    })
  }

  queue(queueId: string, requiredSkills: readonly string[] = []): this {
    return this.add('QueueDefined', {
      queueId: id.queue(queueId),
      settings: {
        name: queueId.toUpperCase(),
        requiredSkills,
        offerTimeoutSeconds: 20,
        wrapUpSeconds: 60,
        entryPoints: ['+390655501'],
      },
    })
  }

  agent(agentId: string, ...skills: readonly string[]): this {
    return this.add('AgentHired', { agentId: id.agent(agentId), profile: { name: agentId, skills } })
  }

  ready(agentId: string, ...skills: readonly string[]): this {
    this.floor('AgentSignedOn', { agentId: id.agent(agentId), skills })
    return this.floor('AgentBecameReady', { agentId: id.agent(agentId) })
  }

  /** A call's interaction `i` and its call `i-call` with the customer's leg `i-leg`. */
  call(i: string, customerId: string, candidates: readonly CustomerCandidate[] = []): this {
    const interactionId = id.interaction(i)
    const callId = id.call(`${i}-call`)
    this.add('InteractionOpened', {
      interactionId,
      channel: 'call',
      direction: 'inbound',
      customerId: id.customer(customerId),
      candidates,
      contactPoint: phone('+390655509'),
      entryPoint: '+390655501',
      subject: null,
      carrier: { kind: 'call', callId },
    })
    return this.add('CallReceived', {
      callId,
      interactionId,
      customerId: id.customer(customerId),
      legId: id.leg(`${i}-leg`),
      from: '+390655509',
      fromRaw: '0655509',
      fromHeader: 'From',
      to: '+390655501',
      toRaw: '0655501',
      sipCallId: 'x',
    })
  }

  /** Into its queue and onto the floor. */
  queued(i: string, queueId: string): this {
    const interactionId = id.interaction(i)
    const work: WaitingWork = {
      interactionId,
      queueId: id.queue(queueId),
      channel: 'call',
      requiredSkills: [],
      offerTimeoutSeconds: 20,
      wrapUpSeconds: 60,
      enqueuedAt: this.now,
      countsFrom: this.now,
      place: 'inOrder',
      missedBy: [],
    }
    this.add('InteractionQueued', { interactionId, queueId: id.queue(queueId) })
    return this.floor('WorkEnqueued', { work })
  }

  /** Offer `offerId` of the interaction to an agent, on the floor and in the interaction. */
  offered(i: string, offerId: string, agentId: string, queueId = 'billing'): this {
    const interactionId = id.interaction(i)
    const expiresAt = plusMilliseconds(this.now, 20_000)
    const about = { interactionId, offerId: id.offer(offerId), agentId: id.agent(agentId), expiresAt }
    this.floor('WorkOffered', {
      ...about,
      queueId: id.queue(queueId),
      policyVersion: 1,
      seed: 7,
      considered: [{ agentId: id.agent(agentId), eligible: true, why: 'longestReady' }],
    })
    return this.add('InteractionOffered', about)
  }

  accepted(i: string, offerId: string, agentId: string): this {
    const about = {
      interactionId: id.interaction(i),
      offerId: id.offer(offerId),
      agentId: id.agent(agentId),
    }
    this.floor('OfferAccepted', about)
    return this.add('InteractionHandlingStarted', about)
  }

  mail(
    mailId: string,
    i: string,
    customerId: string,
    excerpt = 'Buongiorno',
    headers: Partial<Pick<DataOf<'MailReceived'>, 'replyTo' | 'automatic'>> = {},
  ): this {
    const file = { sha256: 'ab', bytes: 3 }
    return this.add('MailReceived', {
      threadId: id.thread('t1'),
      mailId: id.mail(mailId),
      interactionId: id.interaction(i),
      customerId: id.customer(customerId),
      headers: { messageId: `<${mailId}@x>`, inReplyTo: null, references: [] },
      from: { name: 'Giulia', address: 'giulia@posta.example' },
      to: [{ name: null, address: 'support@hub.example' }],
      cc: [],
      subject: 'Doppio addebito',
      excerpt,
      text: file,
      html: null,
      attachments: [{ ...file, filename: 'a.pdf', contentType: 'application/pdf' }],
      raw: file,
      defects: [],
      automatic: null,
      ...headers,
    })
  }

  /** An e-mail's interaction in thread `t1`. */
  mailInteraction(i: string, customerId: string): this {
    return this.add('InteractionOpened', {
      interactionId: id.interaction(i),
      channel: 'email',
      direction: 'inbound',
      customerId: id.customer(customerId),
      candidates: [],
      contactPoint: address('giulia@posta.example'),
      entryPoint: 'support@hub.example',
      subject: 'Doppio addebito',
      carrier: { kind: 'thread', threadId: id.thread('t1') },
    })
  }

  /** The read models after all that was told so far. */
  async told(): Promise<ReadModels> {
    const models = readModelsInMemory()
    await models.apply(this.events)
    return models
  }
}
