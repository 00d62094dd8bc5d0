import type { CustomerId, Instant, Look } from '@centralino/domain'
import type { GraphQLResolveInfo } from 'graphql'
import type { ReplayedEvent } from '../replay/event-facts.ts'
import { LANES, type Lane } from '../replay/period.ts'
import { type Replay, ReplayClosedError } from '../replay/replays.ts'
import { REPLAYS } from './access.ts'
import { displayPhone } from './contact-point.ts'
import type { GraphQLContext } from './context.ts'
import { positionOf } from './cursors.ts'
import { ChannelEnum, LaneEnum, ReplayStepEnum } from './enums.ts'
import { graphQLError } from './errors.ts'
import { globalIdOf } from './ids.ts'
import { FactRef, ReplayEventRef, ReplayMomentRef, ReplayRef } from './refs.ts'
import { rows } from './row-cache.ts'
import { builder } from './schema-builder.ts'

const ROLE = { role: REPLAYS } as const
/** Events of one page, and parts of the scrubber. */
const MOST_AT_ONCE = 200
const MOST_PARTS = 1_000

type About = { readonly customerId: string; readonly customerName: string | null }

/** Whom the event is about by today's name: of a contact that the event names alone, the customer is looked up. */
const customerOf = async (
  { customerId, interactionId }: ReplayedEvent,
  context: GraphQLContext,
  info: GraphQLResolveInfo,
): Promise<About | null> => {
  const cache = rows(context, info)
  const interaction =
    customerId === null && interactionId !== null ? await cache.interaction(interactionId) : null
  const id = customerId ?? interaction?.customer_id ?? null
  const customer = id === null ? null : await cache.customer(id)
  if (customer === null) return null
  return {
    customerId: customer.customer_id,
    customerName: customer.name ?? (await numberOf(customer.customer_id, context)),
  }
}

const numberOf = async (id: CustomerId, { readModels }: GraphQLContext): Promise<string | null> => {
  const [point] = await readModels.contactPoints(id)
  if (point === undefined || point.kind === 'anonymous') return null
  return point.kind === 'phone' ? displayPhone(point.value) : point.value
}

/** Runs a look of the auditor's; one at a replay that was closed meanwhile is refused. */
export const looking = async <T>(look: () => Promise<T>): Promise<T> => {
  try {
    return await look()
  } catch (error) {
    if (error instanceof ReplayClosedError) throw graphQLError('FORBIDDEN', 'The replay is closed.')
    throw error
  }
}

const ActorRef = builder.objectRef<ReplayedEvent['actor']>('ReplayActor').implement({
  authScopes: ROLE,
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'agent, user, customer or system.' }),
    name: t.string({
      nullable: true,
      description: "An agent's; the others are told by their kind.",
      resolve: async ({ kind, id }, _args, context, info) =>
        kind === 'agent' ? (await rows(context, info).agent(id as never)).name : null,
    }),
  }),
})

ReplayEventRef.implement({
  description: 'One event of the period. `type` is the event’s type; the console has a sentence for each.',
  authScopes: ROLE,
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Its place in the period, from 1.' }),
    position: t.exposeString('position'),
    type: t.exposeString('type'),
    happenedAt: t.field({ type: 'Instant', resolve: (event) => event.occurredAt }),
    recordedAt: t.field({ type: 'Instant', resolve: (event) => event.recordedAt }),
    channel: t.field({ type: ChannelEnum, nullable: true, resolve: (event) => event.channel }),
    isDecision: t.boolean({ resolve: ({ type }) => type === 'WorkOffered' }),
    agentId: t.id({
      nullable: true,
      resolve: ({ agentId }) => (agentId === null ? null : globalIdOf('Agent', agentId)),
    }),
    agentName: t.string({
      nullable: true,
      resolve: async ({ agentId }, _args, context, info) =>
        agentId === null ? null : (await rows(context, info).agent(agentId)).name,
    }),
    queueName: t.string({
      nullable: true,
      resolve: async ({ queueId }, _args, context, info) =>
        queueId === null ? null : ((await rows(context, info).queue(queueId))?.name ?? null),
    }),
    customerId: t.id({
      nullable: true,
      resolve: async (event, _args, context, info) => {
        const about = await customerOf(event, context, info)
        return about === null ? null : globalIdOf('Customer', about.customerId)
      },
    }),
    customerName: t.string({
      nullable: true,
      description: "The customer's name today, or else a number or an address.",
      resolve: async (event, _args, context, info) =>
        (await customerOf(event, context, info))?.customerName ?? null,
    }),
    by: t.field({ type: ActorRef, resolve: (event) => event.actor }),
    facts: t.field({
      type: [FactRef],
      resolve: ({ words }) => Object.entries(words).map(([name, value]) => ({ name, value })),
    }),
  }),
})

const LaneRef = builder.objectRef<{ lane: Lane; counts: readonly number[] }>('ReplayLane').implement({
  authScopes: ROLE,
  fields: (t) => ({
    lane: t.field({ type: LaneEnum, resolve: ({ lane }) => lane }),
    counts: t.intList({ resolve: ({ counts }) => [...counts] }),
  }),
})

const SealRef = builder.objectRef<{ at: number; number: number }>('ReplaySeal').implement({
  description: 'A checkpoint of the notary.',
  authScopes: ROLE,
  fields: (t) => ({
    number: t.exposeInt('number'),
    at: t.field({ type: 'Instant', resolve: ({ at }) => new Date(at).toISOString() as Instant }),
  }),
})

const positionAt = async (replay: Replay, number: number): Promise<string> => {
  const [event] = await replay.events(number, 1)
  if (event === undefined) throw graphQLError('BAD_INPUT', 'The period has no such event.')
  return event.position
}

/** Each customer whom a page of events names is looked at by it. */
const looksAt = async (
  events: readonly ReplayedEvent[],
  context: GraphQLContext,
  info: GraphQLResolveInfo,
): Promise<readonly Look[]> => {
  const about = await Promise.all(events.map((event) => customerOf(event, context, info)))
  const ids = new Set(about.flatMap((one) => (one === null ? [] : [one.customerId as CustomerId])))
  return ids.size === 0
    ? [{ what: 'events' }]
    : [...ids].map((customerId) => ({ what: 'events', customerId }))
}

ReplayRef.implement({
  description:
    'A day of the past that an auditor looks at, for a reason. What is looked at is written to the log.',
  authScopes: ROLE,
  fields: (t) => ({
    id: t.id({ resolve: ({ replayId }) => replayId }),
    day: t.exposeString('day', { description: "On the floor's own clock, yyyy-mm-dd." }),
    from: t.field({ type: 'Instant', resolve: ({ from }) => from }),
    until: t.field({ type: 'Instant', resolve: ({ until }) => until }),
    timeZone: t.string({ resolve: (_replay, _args, { timeZone }) => timeZone }),
    reason: t.exposeString('reason'),
    eventCount: t.int({
      description: 'Waits until the log has been folded up to the day.',
      resolve: async ({ summary }) => (await summary).events,
    }),
    isCut: t.boolean({
      description: 'There were more events than can be played at once; the first are.',
      resolve: async ({ summary }) => (await summary).isCut,
    }),
    seals: t.field({ type: [SealRef], resolve: async ({ summary }) => [...(await summary).seals] }),
    lanes: t.field({
      type: [LaneRef],
      description: 'How many events fell into each of `parts` equal parts of a span.',
      args: {
        from: t.arg({ type: 'Instant', required: true }),
        until: t.arg({ type: 'Instant', required: true }),
        parts: t.arg.int({ required: true }),
      },
      resolve: async (replay, { from, until, parts }) => {
        if (parts < 1 || parts > MOST_PARTS || from >= until) throw graphQLError('BAD_INPUT')
        await replay.summary
        const counts = await replay.counts(from, until, parts)
        return LANES.map((lane, index) => ({ lane, counts: counts[index] ?? [] }))
      },
    }),
    events: t.field({
      type: [ReplayEventRef],
      description: 'In the order of the log.',
      args: { from: t.arg.int({ required: true }), first: t.arg.int({ required: true }) },
      resolve: async (replay, { from, first }, context, info) => {
        if (from < 1 || first < 1 || first > MOST_AT_ONCE) throw graphQLError('BAD_INPUT')
        await replay.summary
        const events = await replay.events(from, first)
        const [one] = events
        if (one !== undefined) {
          const looks = await looksAt(events, context, info)
          await looking(() => replay.look(looks, one.position))
        }
        return [...events]
      },
    }),
    numberAt: t.int({
      description: 'The last event up to a position, or an instant; 0 before the first.',
      args: { position: t.arg.string(), instant: t.arg({ type: 'Instant' }) },
      resolve: async (replay, { position, instant }) => {
        await replay.summary
        if (position) return await replay.numberAt({ position: positionOf(position) })
        if (instant) return await replay.numberAt({ instant })
        throw graphQLError('BAD_INPUT', 'A position or an instant.')
      },
    }),
    decision: t.int({
      nullable: true,
      description: 'The nearest routing decision before an event, or after it.',
      args: {
        from: t.arg.int({ required: true }),
        step: t.arg({ type: ReplayStepEnum, required: true }),
      },
      resolve: async (replay, { from, step }) => {
        await replay.summary
        return await replay.decisionFrom(from, step)
      },
    }),
    moment: t.field({
      type: ReplayMomentRef,
      description: 'What everybody saw right after an event; its clocks run to `at`, if that is later.',
      args: { number: t.arg.int({ required: true }), at: t.arg({ type: 'Instant' }) },
      resolve: async (replay, { number, at }) => {
        await replay.summary
        const position = await positionAt(replay, number)
        const [event] = await replay.events(number, 1)
        if (event === undefined) throw graphQLError('BAD_INPUT')
        return { replay, event, position, at: at && at > event.recordedAt ? at : event.recordedAt }
      },
    }),
  }),
})
