import type { Instant, Look } from '@centralino/domain'
import type { InteractionTable, ReadModels } from '@centralino/projections'
import type { GraphQLResolveInfo } from 'graphql'
import type { DecidedAgain } from '../replay/replay-protocol.ts'
import { REPLAYS } from './access.ts'
import { loadBoard } from './board.ts'
import type { GraphQLContext } from './context.ts'
import { loadDesk } from './desk.ts'
import { idOf } from './ids.ts'
import { answerBelow } from './moment-plugin.ts'
import {
  AgentRef,
  BoardRef,
  CustomerRef,
  DeskRef,
  type DeskView,
  OfferRef,
  ReplayEventRef,
  ReplayMomentRef,
  type ReplayMomentView,
} from './refs.ts'
import { looking } from './replay.ts'
import { rows } from './row-cache.ts'
import { builder } from './schema-builder.ts'

const ROLE = { role: REPLAYS } as const

/** The context of that moment, for this field and all below it. */
const enter = (
  { replay, position, at }: ReplayMomentView,
  context: GraphQLContext,
  info: GraphQLResolveInfo,
): GraphQLContext => {
  const past = { readModels: replay.modelsAt(position) as ReadModels, now: (): Instant => at }
  answerBelow(context, info, past)
  return { ...context, ...past }
}

const note = ({ replay, position }: ReplayMomentView, looks: readonly Look[]): Promise<void> =>
  looking(() => replay.look(looks, position))

const shownOn = (desk: DeskView): readonly InteractionTable[] => [
  ...desk.mine,
  ...desk.waiting,
  ...(desk.current === null ? [] : [desk.current]),
]

const DecisionRef = builder
  .objectRef<{ moment: ReplayMomentView; again: DecidedAgain | null }>('ReplayDecision')
  .implement({
    description:
      'A routing decision with its reasons, and whether the same facts give the same answer again.',
    authScopes: ROLE,
    fields: (t) => ({
      offer: t.field({
        type: OfferRef,
        nullable: true,
        resolve: async ({ moment }, _args, context, info) => {
          const { offerId } = moment.event
          if (offerId === null) return null
          const offer = await enter(moment, context, info).readModels.offer(offerId)
          if (offer === null) return null
          const interaction = await enter(moment, context, info).readModels.interaction(offer.interaction_id)
          const customer = interaction === null ? {} : { customerId: interaction.customer_id }
          await note(moment, [{ what: 'decision', offerId, ...customer }])
          return offer
        },
      }),
      isSameAgain: t.boolean({ resolve: ({ again }) => again?.same ?? false }),
      agentAgain: t.field({
        type: AgentRef,
        nullable: true,
        description: 'Who would get it from the same facts; null when nobody would.',
        resolve: ({ again }, _args, context, info) =>
          again?.agentId ? rows(context, info).agent(again.agentId) : null,
      }),
    }),
  })

ReplayMomentRef.implement({
  description: 'The floor and its customers right after an event.',
  authScopes: ROLE,
  fields: (t) => ({
    at: t.field({ type: 'Instant', resolve: ({ at }) => at }),
    event: t.field({ type: ReplayEventRef, resolve: ({ event }) => event }),
    board: t.field({
      type: BoardRef,
      resolve: async (moment, _args, context, info) => {
        await note(moment, [{ what: 'board' }])
        return await loadBoard(enter(moment, context, info))
      },
    }),
    desk: t.field({
      type: DeskRef,
      nullable: true,
      description: "What an agent's screen had; null for who was not hired yet.",
      args: { agentId: t.arg.globalID({ required: true, for: [AgentRef] }) },
      resolve: async (moment, args, context, info) => {
        const agentId = idOf('agent', args.agentId)
        const past = enter(moment, context, info)
        if ((await past.readModels.agent(agentId)) === null) return null
        const desk = await loadDesk(past, agentId)
        const customers = shownOn(desk).map(({ customer_id }) => customer_id)
        await note(moment, [
          { what: 'desk', agentId },
          ...customers.map((customerId): Look => ({ what: 'desk', agentId, customerId })),
        ])
        return desk
      },
    }),
    customer: t.field({
      type: CustomerRef,
      nullable: true,
      description: 'Null for who was nobody’s customer yet.',
      args: { id: t.arg.globalID({ required: true, for: [CustomerRef] }) },
      resolve: async (moment, { id }, context, info) => {
        const customerId = idOf('customer', id)
        await note(moment, [{ what: 'customer', customerId }])
        return await enter(moment, context, info).readModels.customer(customerId)
      },
    }),
    decision: t.field({
      type: DecisionRef,
      nullable: true,
      description: 'Of an event that is one.',
      resolve: async (moment) =>
        moment.event.type === 'WorkOffered'
          ? { moment, again: await moment.replay.decideAgain(moment.event.number) }
          : null,
    }),
  }),
})
