import { fromJson } from '@centralino/projections'
import { CONVERSATIONS, CUSTOMERS, CUSTOMERS_NOW, DECISIONS } from './access.ts'
import { ChannelEnum, DirectionEnum, DispositionEnum, InteractionStatusEnum } from './enums.ts'
import { idOf } from './ids.ts'
import {
  AgentRef,
  CallRef,
  CandidateRef,
  ContactPointRef,
  CustomerRef,
  InteractionRef,
  MailThreadRef,
  OfferRef,
  QueueRef,
} from './refs.ts'
import { rows } from './row-cache.ts'
import { builder } from './schema-builder.ts'

CandidateRef.implement({
  authScopes: { role: CUSTOMERS },
  fields: (t) => ({
    customer: t.field({
      type: CustomerRef,
      resolve: (candidate, _args, context, info) => rows(context, info).namedCustomer(candidate.customer_id),
    }),
    rank: t.exposeInt('rank'),
    why: t.exposeString('why'),
  }),
})

builder.node(InteractionRef, {
  authScopes: { role: CUSTOMERS },
  id: { resolve: (interaction) => interaction.interaction_id },
  loadOne: (id, { readModels }) => readModels.interaction(idOf('interaction', { id })),
  fields: (t) => ({
    channel: t.field({ type: ChannelEnum, resolve: (row) => row.channel }),
    direction: t.field({ type: DirectionEnum, resolve: (row) => row.direction }),
    status: t.field({ type: InteractionStatusEnum, resolve: (row) => row.status }),
    customer: t.field({
      type: CustomerRef,
      resolve: (row, _args, context, info) => rows(context, info).namedCustomer(row.customer_id),
    }),
    candidates: t.field({
      type: [CandidateRef],
      description: 'Everybody who shares the contact point, best first.',
      resolve: async (row, _args, { readModels }) => [...(await readModels.candidates(row.interaction_id))],
    }),
    contactPoint: t.field({ type: ContactPointRef, resolve: (row) => fromJson(row.contact_point) }),
    entryPoint: t.exposeString('entry_point'),
    queue: t.field({
      type: QueueRef,
      nullable: true,
      resolve: (row, _args, context, info) =>
        row.queue_id === null ? null : rows(context, info).queue(row.queue_id),
    }),
    agent: t.field({
      type: AgentRef,
      nullable: true,
      resolve: (row, _args, context, info) =>
        row.agent_id === null ? null : rows(context, info).agent(row.agent_id),
    }),
    subject: t.exposeString('subject', { nullable: true }),
    excerpt: t.exposeString('excerpt', { nullable: true, authScopes: { role: CONVERSATIONS } }),
    openedAt: t.field({ type: 'Instant', resolve: (row) => row.opened_at }),
    queuedAt: t.field({ type: 'Instant', nullable: true, resolve: (row) => row.queued_at }),
    handlingStartedAt: t.field({
      type: 'Instant',
      nullable: true,
      resolve: (row) => row.handling_started_at,
    }),
    handlingEndedAt: t.field({ type: 'Instant', nullable: true, resolve: (row) => row.handling_ended_at }),
    closedAt: t.field({ type: 'Instant', nullable: true, resolve: (row) => row.closed_at }),
    reopenedWhy: t.exposeString('reopened_why', {
      nullable: true,
      description:
        'It was over, and waits again because its answer was not sent (replyNotSent) or did not arrive (replyBounced). Null once it is over again.',
    }),
    chasers: t.exposeInt('chasers', {
      description: 'How often the customer wrote again without an answer; 0 once it is answered or over.',
    }),
    closedHow: t.exposeString('closed_how', { nullable: true }),
    disposition: t.field({ type: DispositionEnum, nullable: true, resolve: (row) => row.disposition }),
    note: t.exposeString('note', { nullable: true, authScopes: { role: CONVERSATIONS } }),
    call: t.field({
      type: CallRef,
      nullable: true,
      resolve: (row, _args, { readModels }) =>
        row.call_id === null ? null : readModels.callOf(row.interaction_id),
    }),
    thread: t.field({
      type: MailThreadRef,
      nullable: true,
      resolve: (row, _args, { readModels }) =>
        row.thread_id === null ? null : readModels.thread(row.thread_id),
    }),
    offers: t.field({
      type: [OfferRef],
      authScopes: { role: DECISIONS },
      resolve: async (row, _args, { readModels }) => [...(await readModels.offersOf(row.interaction_id))],
    }),
  }),
})

builder.queryField('interaction', (t) =>
  t.field({
    type: InteractionRef,
    nullable: true,
    authScopes: { role: CUSTOMERS_NOW },
    args: { id: t.arg.globalID({ required: true, for: [InteractionRef] }) },
    resolve: (_root, { id }, context, info) => rows(context, info).interaction(idOf('interaction', id)),
  }),
)
