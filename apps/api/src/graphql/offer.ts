import { fromJson } from '@centralino/projections'
import { DECISIONS, DECISIONS_NOW } from './access.ts'
import { VerdictEnum } from './enums.ts'
import { idOf } from './ids.ts'
import { AgentRef, ConsiderationRef, InteractionRef, OfferRef, QueueRef } from './refs.ts'
import { rows } from './row-cache.ts'
import { builder } from './schema-builder.ts'

ConsiderationRef.implement({
  authScopes: { role: DECISIONS },
  fields: (t) => ({
    agent: t.field({
      type: AgentRef,
      resolve: (one, _args, context, info) => rows(context, info).agent(one.agentId),
    }),
    eligible: t.exposeBoolean('eligible'),
    why: t.field({ type: VerdictEnum, resolve: (one) => one.why }),
  }),
})

builder.node(OfferRef, {
  authScopes: { role: DECISIONS },
  id: { resolve: (offer) => offer.offer_id },
  loadOne: (id, { readModels }) => readModels.offer(idOf('offer', { id })),
  fields: (t) => ({
    interaction: t.field({
      type: InteractionRef,
      resolve: (offer, _args, context, info) => rows(context, info).namedInteraction(offer.interaction_id),
    }),
    queue: t.field({
      type: QueueRef,
      resolve: (offer, _args, context, info) => rows(context, info).namedQueue(offer.queue_id),
    }),
    agent: t.field({
      type: AgentRef,
      resolve: (offer, _args, context, info) => rows(context, info).agent(offer.agent_id),
    }),
    status: t.exposeString('status', { description: 'open, accepted, declined, lapsed or withdrawn.' }),
    offeredAt: t.field({ type: 'Instant', resolve: (offer) => offer.offered_at }),
    expiresAt: t.field({ type: 'Instant', resolve: (offer) => offer.expires_at }),
    endedAt: t.field({ type: 'Instant', nullable: true, resolve: (offer) => offer.ended_at }),
    policyVersion: t.exposeInt('policy_version'),
    seed: t.exposeInt('seed'),
    considered: t.field({ type: [ConsiderationRef], resolve: (offer) => [...fromJson(offer.considered)] }),
  }),
})

builder.queryField('offer', (t) =>
  t.field({
    type: OfferRef,
    nullable: true,
    authScopes: { role: DECISIONS_NOW },
    args: { id: t.arg.globalID({ required: true, for: [OfferRef] }) },
    resolve: (_root, { id }, { readModels }) => readModels.offer(idOf('offer', id)),
  }),
)
