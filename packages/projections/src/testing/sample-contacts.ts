import type {
  AgentId,
  CallId,
  Channel,
  Consideration,
  ContactPoint,
  ContactPointId,
  CustomerId,
  FloorId,
  InteractionId,
  LegId,
  MailId,
  OfferId,
  QueueId,
  RecordedEvent,
  ThreadId,
} from '@centralino/domain'
import { plusMilliseconds } from '@centralino/domain/kernel'
import type { Recorder } from './recorder.ts'

/** One contact's events, in order; many run side by side and interleave. */
export type Contact = Generator<RecordedEvent, void>

export type SampleWorld = {
  readonly recorder: Recorder
  /** From 0 up to 1, the same sequence each time. */
  readonly random: () => number
  readonly freeAgents: AgentId[]
  readonly considered: readonly Consideration[]
  /** Everybody who called or wrote before. */
  readonly met: CustomerId[]
}

export const FLOOR = 'main' as FloorId
export const FLOOR_STREAM = 'floor-main-2026-11-24'
export const QUEUE = 'billing' as QueueId

export type Person = {
  readonly customerId: CustomerId
  readonly contactPointId: ContactPointId
  readonly contactPoint: ContactPoint
  readonly met: 'before' | 'now'
}

type Way = { readonly interactionId: InteractionId; readonly channel: Channel; readonly person: Person }

const floorId = FLOOR

function* identified({ recorder, met }: SampleWorld, person: Person): Contact {
  const { contactPointId, contactPoint, customerId } = person
  const stream = `contactPoint-${contactPointId}`
  if (person.met === 'now') {
    yield recorder.record(stream, 'ContactPointLinked', { contactPointId, contactPoint, customerId })
    yield recorder.record(`customer-${customerId}`, 'ProvisionalCustomerCreated', {
      customerId,
      contactPoint,
    })
    met.push(customerId)
  }
  yield recorder.record(stream, 'ContactPointUsed', { contactPointId, customerId })
}

function* queued(world: SampleWorld, { interactionId, channel }: Way): Contact {
  const { recorder } = world
  yield recorder.record(`interaction-${interactionId}`, 'InteractionQueued', {
    interactionId,
    queueId: QUEUE,
  })
  yield recorder.record(FLOOR_STREAM, 'WorkEnqueued', {
    floorId,
    work: {
      interactionId,
      queueId: QUEUE,
      channel,
      requiredSkills: ['billing'],
      offerTimeoutSeconds: 20,
      wrapUpSeconds: 60,
      enqueuedAt: recorder.now,
      countsFrom: recorder.now,
      place: 'inOrder',
      missedBy: [],
    },
  })
}

function* offered(world: SampleWorld, way: Way, offerId: OfferId, agentId: AgentId): Contact {
  const { recorder, considered } = world
  const { interactionId } = way
  const expiresAt = plusMilliseconds(recorder.now, 20_000)
  yield recorder.record(FLOOR_STREAM, 'WorkOffered', {
    floorId,
    offerId,
    interactionId,
    queueId: QUEUE,
    agentId,
    policyVersion: 1,
    seed: 7,
    considered,
    expiresAt,
  })
  yield recorder.record(`interaction-${interactionId}`, 'InteractionOffered', {
    interactionId,
    offerId,
    agentId,
    expiresAt,
  })
}

function* lapsed(world: SampleWorld, way: Way, offerId: OfferId, agentId: AgentId): Contact {
  const { recorder } = world
  const { interactionId } = way
  const about = { floorId, offerId, interactionId, agentId }
  yield recorder.record(FLOOR_STREAM, 'OfferLapsed', about)
  yield recorder.record(FLOOR_STREAM, 'AgentBecameNotReady', { floorId, agentId, reason: 'missedOffer' })
  const ended = { interactionId, offerId, agentId, how: 'lapsed' as const }
  yield recorder.record(`interaction-${interactionId}`, 'InteractionOfferEnded', ended)
  yield recorder.record(FLOOR_STREAM, 'AgentBecameReady', { floorId, agentId })
}

/** Offered, now and then missed by one agent first, and accepted: gives who answered. */
function* answered(world: SampleWorld, way: Way): Generator<RecordedEvent, AgentId> {
  const { recorder, random, freeAgents } = world
  const { interactionId } = way
  let agentId = freeAgents.shift() ?? ('nobody' as AgentId)
  let offerId = `${interactionId}-1` as OfferId
  yield* offered(world, way, offerId, agentId)
  if (random() < 0.05) {
    yield* lapsed(world, way, offerId, agentId)
    freeAgents.push(agentId)
    agentId = freeAgents.shift() ?? agentId
    offerId = `${interactionId}-2` as OfferId
    yield* offered(world, way, offerId, agentId)
  }
  yield recorder.record(FLOOR_STREAM, 'OfferAccepted', { floorId, offerId, interactionId, agentId })
  const started = { interactionId, offerId, agentId }
  yield recorder.record(`interaction-${interactionId}`, 'InteractionHandlingStarted', started)
  return agentId
}

function* wrappedUp(
  world: SampleWorld,
  way: Way,
  agentId: AgentId,
  how: 'customerLeft' | 'answered',
): Contact {
  const { recorder, freeAgents } = world
  const { interactionId } = way
  const stream = `interaction-${interactionId}`
  yield recorder.record(stream, 'InteractionHandlingEnded', { interactionId, agentId, how })
  const until = plusMilliseconds(recorder.now, 60_000)
  yield recorder.record(FLOOR_STREAM, 'WrapUpStarted', { floorId, agentId, interactionId, until })
  const note = 'Two debits in November; refund of one promised until Friday.'
  yield recorder.record(stream, 'InteractionWrappedUp', {
    interactionId,
    agentId,
    disposition: 'solved',
    note,
  })
  yield recorder.record(stream, 'InteractionClosed', { interactionId, how: 'wrappedUp' })
  const finished = { floorId, agentId, interactionId, how: 'byAgent' as const }
  yield recorder.record(FLOOR_STREAM, 'WrapUpFinished', finished)
  freeAgents.push(agentId)
}

const cause = { q850: 16, sipStatus: 200, by: 'customer' as const }

export function* call(world: SampleWorld, number: number, person: Person): Contact {
  const { recorder, random, met } = world
  const { customerId, contactPoint } = person
  // Every ninth call comes from a phone that two share, and is of the other one.
  const sharer = number % 9 === 0 ? met.find((other) => other !== customerId) : undefined
  const interactionId = `call-${number}` as InteractionId
  const callId = `c-${number}` as CallId
  const legId = `c-${number}-1` as LegId
  const stream = `call-${callId}`
  const way: Way = { interactionId, channel: 'call', person }
  yield* identified(world, person)
  yield recorder.record(`interaction-${interactionId}`, 'InteractionOpened', {
    interactionId,
    channel: 'call',
    direction: 'inbound',
    customerId,
    candidates: [
      { customerId, rank: 1, why: person.met === 'now' ? 'newContactPoint' : 'onlyMatch' },
      ...(sharer === undefined ? [] : [{ customerId: sharer, rank: 2, why: 'linkedFirst' as const }]),
    ],
    contactPoint,
    entryPoint: '+390655501',
    subject: null,
    carrier: { kind: 'call', callId },
  })
  yield recorder.record(stream, 'CallReceived', {
    callId,
    interactionId,
    customerId,
    legId,
    from: contactPoint.value,
    fromRaw: contactPoint.raw,
    fromHeader: 'From',
    to: '+390655501',
    toRaw: 'sip:0655501@hub.example',
    sipCallId: `${number}@pbx.example`,
  })
  yield recorder.record(stream, 'LegAnswered', { callId, legId })
  yield recorder.record(stream, 'TreatmentStarted', { callId, legId, treatment: 'greeting' })
  yield* queued(world, way)
  yield recorder.record(stream, 'TreatmentStarted', { callId, legId, treatment: 'music' })
  if (random() < 0.08) {
    yield recorder.record(stream, 'LegEnded', { callId, legId, cause })
    yield recorder.record(stream, 'CallEnded', { callId, cause })
    const interaction = `interaction-${interactionId}`
    yield recorder.record(interaction, 'InteractionAbandoned', { interactionId, while: 'waiting' })
    yield recorder.record(interaction, 'InteractionClosed', { interactionId, how: 'abandoned' })
    yield recorder.record(FLOOR_STREAM, 'WorkRemoved', { floorId, interactionId, why: 'abandoned' })
    return
  }
  const agentId = yield* answered(world, way)
  if (sharer !== undefined) {
    const chosen = { interactionId, from: customerId, to: sharer, agentId }
    yield recorder.record(`interaction-${interactionId}`, 'InteractionCustomerChosen', chosen)
  }
  const agentLegId = `c-${number}-2` as LegId
  const party = { kind: 'agent' as const, agentId }
  yield recorder.record(stream, 'LegOffered', { callId, legId: agentLegId, party })
  yield recorder.record(stream, 'LegAnswered', { callId, legId: agentLegId })
  yield recorder.record(stream, 'LegsBridged', { callId, legIds: [legId, agentLegId] })
  if (random() < 0.2) {
    yield recorder.record(stream, 'LegHeld', { callId, legId, by: 'agent' })
    yield recorder.record(stream, 'TreatmentStarted', { callId, legId, treatment: 'holdMusic' })
    yield recorder.record(stream, 'LegResumed', { callId, legId, by: 'agent' })
  }
  yield recorder.record(stream, 'LegEnded', { callId, legId, cause })
  yield recorder.record(stream, 'LegEnded', { callId, legId: agentLegId, cause })
  yield recorder.record(stream, 'CallEnded', { callId, cause })
  yield* wrappedUp(world, way, agentId, 'customerLeft')
}

export function* mail(world: SampleWorld, number: number, person: Person): Contact {
  const { recorder } = world
  const { customerId, contactPoint } = person
  const interactionId = `mail-${number}` as InteractionId
  const threadId = `t-${number}` as ThreadId
  const stream = `thread-${threadId}`
  const way: Way = { interactionId, channel: 'email', person }
  const support = { name: 'Support', address: 'support@hub.example' }
  const them = { name: null, address: contactPoint.value }
  const subject = 'Doppio addebito ottobre'
  const excerpt = 'Buongiorno, ho trovato due addebiti di 96,40 € il 4 e il 6 novembre. '.repeat(4)
  const file = { sha256: number.toString(16).padStart(64, '0'), bytes: 2_048 }
  const headers = { messageId: `<${number}@posta.example>`, inReplyTo: null, references: [] }
  const inbound = `${interactionId}-1` as MailId
  const outbound = `${interactionId}-2` as MailId
  const about = { threadId, interactionId, customerId }
  yield* identified(world, person)
  yield recorder.record(stream, 'ThreadOpened', { threadId, customerId, subject })
  yield recorder.record(stream, 'MailReceived', {
    ...about,
    mailId: inbound,
    headers,
    from: them,
    to: [support],
    cc: [],
    subject,
    excerpt,
    text: file,
    html: null,
    attachments: [{ ...file, filename: 'estratto.pdf', contentType: 'application/pdf' }],
    raw: file,
    defects: [],
    automatic: null,
  })
  yield recorder.record(`mailMessage-${number}`, 'MailMessageFiled', {
    messageId: headers.messageId,
    threadId,
    mailId: inbound,
    customerId,
    contentSha256: null,
  })
  yield recorder.record(`interaction-${interactionId}`, 'InteractionOpened', {
    interactionId,
    channel: 'email',
    direction: 'inbound',
    customerId,
    candidates: [{ customerId, rank: 1, why: 'onlyMatch' }],
    contactPoint,
    entryPoint: support.address,
    subject,
    carrier: { kind: 'thread', threadId },
  })
  yield* queued(world, way)
  const agentId = yield* answered(world, way)
  yield recorder.record(stream, 'ReplySubmitted', {
    ...about,
    mailId: outbound,
    agentId,
    headers: { messageId: `<${number}@hub.example>`, inReplyTo: headers.messageId, references: [] },
    from: support,
    to: [them],
    subject: `Re: ${subject}`,
    excerpt: 'Gentile cliente, il secondo addebito le viene restituito entro venerdì.',
    text: file,
  })
  yield recorder.record(stream, 'MailSent', { ...about, mailId: outbound, response: '250 queued' })
  yield* wrappedUp(world, way, agentId, 'answered')
}
