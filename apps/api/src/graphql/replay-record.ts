import { parseInstant } from '@centralino/domain'
import type { LookTable, ReplayTable } from '@centralino/projections'
import type { Refused } from '../commands/outcome.ts'
import type { LogChecked } from '../replay/replay-protocol.ts'
import type { Replay } from '../replay/replays.ts'
import { REPLAYS } from './access.ts'
import { connectionOf, pageOf, toConnection } from './connection.ts'
import { replayPlaceOf } from './cursors.ts'
import { LookEnum } from './enums.ts'
import { graphQLError } from './errors.ts'
import { idOf } from './ids.ts'
import { OutcomeRef, RefusalRef } from './outcome.ts'
import { AgentRef, ReplayRef } from './refs.ts'
import type { RefusalCode } from './refusal-codes.ts'
import { rows } from './row-cache.ts'
import { builder } from './schema-builder.ts'
import { orStoreRefusal } from './store-refusal.ts'

const ROLE = { role: REPLAYS } as const

const LookRef = builder.objectRef<LookTable>('ReplayLook').implement({
  description: 'What was looked at in a replay, once each.',
  authScopes: ROLE,
  fields: (t) => ({
    what: t.field({ type: LookEnum, resolve: ({ what }) => what }),
    at: t.field({ type: 'Instant', resolve: ({ at }) => at }),
    agent: t.field({
      type: AgentRef,
      nullable: true,
      description: 'Whose screen it was.',
      resolve: ({ agent_id }, _args, context, info) =>
        agent_id === null ? null : rows(context, info).agent(agent_id),
    }),
    customerName: t.string({
      nullable: true,
      description: 'Who was shown, by the name of today; null for nobody, or somebody without a name.',
      resolve: async ({ customer_id }, _args, context, info) =>
        customer_id === null ? null : ((await rows(context, info).customer(customer_id))?.name ?? null),
    }),
    hasCustomer: t.boolean({ resolve: ({ customer_id }) => customer_id !== null }),
  }),
})

const RecordRef = builder.objectRef<ReplayTable>('ReplayRecord').implement({
  description: 'Who looked at the past, and why.',
  authScopes: ROLE,
  fields: (t) => ({
    id: t.id({ resolve: ({ replay_id }) => replay_id }),
    auditorName: t.string({ resolve: ({ account_name }) => account_name }),
    reason: t.exposeString('reason'),
    from: t.field({ type: 'Instant', resolve: ({ period_from }) => period_from }),
    until: t.field({ type: 'Instant', resolve: ({ period_until }) => period_until }),
    openedAt: t.field({ type: 'Instant', resolve: ({ opened_at }) => opened_at }),
    closedAt: t.field({ type: 'Instant', nullable: true, resolve: ({ closed_at }) => closed_at }),
    looks: t.field({
      type: [LookRef],
      description: 'The first 1,000.',
      resolve: async ({ replay_id }, _args, { readModels }) => [...(await readModels.looksIn(replay_id))],
    }),
  }),
})

const LogCheckRef = builder.objectRef<LogChecked>('LogCheck').implement({
  description: 'Whether the log is what was sealed.',
  authScopes: ROLE,
  fields: (t) => ({
    isWhole: t.boolean({ resolve: ({ finding }) => finding === null }),
    events: t.exposeInt('events'),
    sealed: t.exposeInt('sealed', { description: 'How many of them a checkpoint covers.' }),
    checkpoints: t.exposeInt('checkpoints'),
    finding: t.string({ nullable: true, resolve: ({ finding }) => finding?.what ?? null }),
    brokenAt: t.string({
      nullable: true,
      description: 'Position of the first event that does not fit.',
      resolve: ({ finding }) => finding?.position ?? null,
    }),
  }),
})

const ReplayOutcomeRef = builder.unionType('ReplayOutcome', {
  types: [ReplayRef, RefusalRef],
  resolveType: (outcome: Replay | Refused<RefusalCode>) => ('replayId' in outcome ? 'Replay' : 'Refusal'),
})

const RecordsConnection = connectionOf('QueryReplays', RecordRef, REPLAYS)

builder.queryFields((t) => ({
  replay: t.field({
    type: ReplayRef,
    nullable: true,
    description: 'One’s own open replay; null when it is closed.',
    authScopes: ROLE,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, { viewer, replays }) =>
      viewer === null ? null : replays.find(viewer, idOf('replay', { id })),
  }),
  replays: t.field({
    type: RecordsConnection,
    description: 'Who looked at the past and why, newest first.',
    authScopes: ROLE,
    args: { first: t.arg.int(), after: t.arg.string() },
    resolve: async (_root, args, { readModels }) => {
      const page = pageOf(args, replayPlaceOf)
      const found = await readModels.replays(page)
      return toConnection(found, page.after, (row) => `${parseInstant(row.opened_at)}|${row.replay_id}`)
    },
  }),
  logCheck: t.field({
    type: LogCheckRef,
    description: 'Reads the whole log against its seals: seconds on a long one.',
    authScopes: ROLE,
    resolve: (_root, _args, { replays }) => replays.verify(),
  }),
}))

builder.mutationFields((t) => ({
  openReplay: t.field({
    type: ReplayOutcomeRef,
    description: 'Opens a day of the past. Who does, and the reason, are written to the log.',
    authScopes: ROLE,
    args: {
      day: t.arg.string({ required: true, description: "yyyy-mm-dd, on the floor's own clock." }),
      reason: t.arg.string({ required: true, description: '8 to 500 characters.' }),
    },
    resolve: async (_root, asked, context) => {
      const { viewer, replays } = context
      if (viewer === null) throw graphQLError('UNAUTHENTICATED')
      const opened = await orStoreRefusal(context, () => replays.open(viewer, asked))
      return opened.ok ? opened.replay : opened
    },
  }),
  closeReplay: t.field({
    type: OutcomeRef,
    authScopes: ROLE,
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { viewer, replays }) => {
      if (viewer !== null) await replays.close(viewer, idOf('replay', { id }))
      return { ok: true as const }
    },
  }),
}))
