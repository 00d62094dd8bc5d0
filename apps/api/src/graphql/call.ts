import { fromJson } from '@centralino/projections'
import { CUSTOMERS } from './access.ts'
import { displayPhone } from './contact-point.ts'
import { LegStatusEnum } from './enums.ts'
import { AgentRef, CallRef, LegRef } from './refs.ts'
import { rows } from './row-cache.ts'

CallRef.implement({
  authScopes: { role: CUSTOMERS },
  fields: (t) => ({
    id: t.id({ resolve: ({ call }) => call.call_id }),
    from: t.string({
      nullable: true,
      description: 'E.164; null when withheld or no number.',
      resolve: ({ call }) => call.from_number,
    }),
    fromDisplay: t.string({
      description: 'Grouped by country; empty when withheld.',
      resolve: ({ call }) => (call.from_number === null ? '' : displayPhone(call.from_number)),
    }),
    to: t.string({ resolve: ({ call }) => call.to_number }),
    receivedAt: t.field({ type: 'Instant', resolve: ({ call }) => call.received_at }),
    answeredAt: t.field({ type: 'Instant', nullable: true, resolve: ({ call }) => call.answered_at }),
    endedAt: t.field({ type: 'Instant', nullable: true, resolve: ({ call }) => call.ended_at }),
    legs: t.field({ type: [LegRef], resolve: ({ legs }) => [...legs] }),
  }),
})

LegRef.implement({
  authScopes: { role: CUSTOMERS },
  fields: (t) => ({
    id: t.id({ resolve: (leg) => leg.leg_id }),
    party: t.exposeString('party', { description: 'customer or agent.' }),
    agent: t.field({
      type: AgentRef,
      nullable: true,
      resolve: (leg, _args, context, info) =>
        leg.agent_id === null ? null : rows(context, info).agent(leg.agent_id),
    }),
    status: t.field({ type: LegStatusEnum, resolve: (leg) => leg.status }),
    muted: t.boolean({ resolve: (leg) => leg.muted === 1 }),
    heldAt: t.field({
      type: 'Instant',
      nullable: true,
      description: 'Since when it is on hold.',
      resolve: (leg) => leg.held_at,
    }),
    heldBy: t.stringList({
      description: 'Who holds it: customer, agent, or both; empty while it is not on hold.',
      resolve: (leg) => [...fromJson(leg.held_by)],
    }),
    answeredAt: t.field({ type: 'Instant', nullable: true, resolve: (leg) => leg.answered_at }),
    endedAt: t.field({ type: 'Instant', nullable: true, resolve: (leg) => leg.ended_at }),
  }),
})
