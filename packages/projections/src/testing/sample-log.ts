import { createHash } from 'node:crypto'
import type {
  AgentId,
  Consideration,
  ContactPoint,
  ContactPointId,
  CustomerId,
  RecordedEvent,
  ReplayId,
} from '@centralino/domain'
import { recorder } from './recorder.ts'
import {
  type Contact,
  call,
  FLOOR,
  FLOOR_STREAM,
  mail,
  type Person,
  QUEUE,
  type SampleWorld,
} from './sample-contacts.ts'

export type SampleLogOptions = {
  /** The log ends with the contact that passes this number. */
  readonly events: number
  /** Default 40. */
  readonly agents?: number
  /** Contacts under way at once; at most the agents. Default 20. */
  readonly atOnce?: number
  readonly seed?: number
}

/** Mulberry32: small, and the same on every machine. */
const randomFrom = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const person = (number: number, kind: 'phone' | 'email'): Person => {
  const value = kind === 'phone' ? `+3906${5_000_000 + number}` : `customer${number}@posta.example`
  const contactPoint: ContactPoint = { kind, value, raw: value }
  const id = createHash('sha256').update(`${kind}:${value}`).digest('hex').slice(0, 32) as ContactPointId
  return {
    customerId: `customer-${kind}-${number}` as CustomerId,
    contactPointId: id,
    contactPoint,
    met: 'before',
  }
}

/** An auditor's look at the day before. */
function* replayOf({ recorder }: SampleWorld, agentId: AgentId): Generator<RecordedEvent> {
  const replayId = 'replay-1' as ReplayId
  yield recorder.record('audit-replay-1', 'ReplayOpened', {
    replayId,
    account: { id: 'auditor', name: 'Auditor' },
    reason: 'A check of the day before',
    from: recorder.now,
    until: recorder.now,
  })
  yield recorder.record('audit-replay-1', 'ReplayLookedAt', {
    replayId,
    looks: [{ what: 'desk', agentId }],
    position: '0000000000000001',
  })
  yield recorder.record('audit-replay-1', 'ReplayClosed', { replayId })
}

function* opening(world: SampleWorld, agentIds: readonly AgentId[]): Generator<RecordedEvent> {
  const { recorder } = world
  const settings = {
    name: 'Billing',
    requiredSkills: ['billing'],
    offerTimeoutSeconds: 20,
    wrapUpSeconds: 60,
    entryPoints: ['+390655501', 'support@hub.example'],
  }
  yield recorder.record(`queue-${QUEUE}`, 'QueueDefined', { queueId: QUEUE, settings })
  for (const agentId of agentIds)
    yield recorder.record(`agent-${agentId}`, 'AgentHired', {
      agentId,
      profile: { name: `Agent ${agentId}`, skills: ['billing', 'lang-it'] },
    })
  yield* replayOf(world, agentIds[0] as AgentId)
  yield recorder.record(FLOOR_STREAM, 'FloorDayOpened', {
    floorId: FLOOR,
    day: '2026-11-24',
    carriedOver: { agents: [], waiting: [], offers: [], handling: [] },
  })
  for (const agentId of agentIds) {
    yield recorder.record(FLOOR_STREAM, 'AgentSignedOn', {
      floorId: FLOOR,
      agentId,
      skills: ['billing', 'lang-it'],
    })
    yield recorder.record(FLOOR_STREAM, 'AgentBecameReady', { floorId: FLOOR, agentId })
  }
}

/**
 * A contact centre's day, always the same for the same options: four calls to one mail, a third from new customers, some abandoned,
 * some offers missed, some calls of another member of the household, contacts side by side as on a real floor.
 */
export function* sampleLog(options: SampleLogOptions): Generator<RecordedEvent> {
  const agentIds = Array.from({ length: options.agents ?? 40 }, (_, index) => `agent-${index}` as AgentId)
  const considered: readonly Consideration[] = agentIds.map((agentId, index) => ({
    agentId,
    eligible: index % 3 === 0,
    why: index === 0 ? 'longestReady' : index % 3 === 0 ? 'readyLater' : 'engaged',
  }))
  const random = randomFrom(options.seed ?? 1)
  const world: SampleWorld = { recorder: recorder(), random, freeAgents: [...agentIds], considered, met: [] }
  const underWay: Contact[] = []
  let known = 0
  let contacts = 0
  let events = 0
  for (const event of opening(world, agentIds)) {
    events++
    yield event
  }
  const begin = (): Contact => {
    contacts++
    const kind = random() < 0.8 ? 'phone' : 'email'
    const isNew = known === 0 || random() < 0.33
    if (isNew) known++
    const who = person(isNew ? known : 1 + Math.floor(random() * known), kind)
    const contact = kind === 'phone' ? call : mail
    return contact(world, contacts, isNew ? { ...who, met: 'now' } : who)
  }
  while (events < options.events || underWay.length > 0) {
    while (events < options.events && underWay.length < (options.atOnce ?? 20)) underWay.push(begin())
    const index = Math.floor(random() * underWay.length)
    const step = underWay[index]?.next()
    if (step === undefined || step.done === true) {
      underWay.splice(index, 1)
      continue
    }
    events++
    world.recorder.pass(0.05 + random())
    yield step.value
  }
}
