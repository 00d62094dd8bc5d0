import type { AgentId } from '@centralino/domain'
import { fromJson } from '@centralino/projections'
import { REPLAYS } from './access.ts'
import type { GraphQLContext } from './context.ts'
import { graphQLError } from './errors.ts'
import { AgentRef, DeskRef, type DeskView, InteractionRef, OfferRef } from './refs.ts'
import { builder } from './schema-builder.ts'

DeskRef.implement({
  description: "Everything the agent's desktop shows at once.",
  authScopes: { $any: { desk: true, role: REPLAYS } },
  fields: (t) => ({
    now: t.field({
      type: 'Instant',
      description: 'Server time of this answer: clocks count from it.',
      resolve: (desk) => desk.now,
    }),
    agent: t.field({ type: AgentRef, resolve: (desk) => desk.agent }),
    offer: t.field({
      type: OfferRef,
      nullable: true,
      description: 'An offer that stands for this agent now.',
      resolve: (desk) => desk.offer,
    }),
    current: t.field({
      type: InteractionRef,
      nullable: true,
      description: 'The interaction on the line or in wrap-up, if any.',
      resolve: (desk) => desk.current,
    }),
    mine: t.field({ type: [InteractionRef], resolve: (desk) => [...desk.mine] }),
    waiting: t.field({ type: [InteractionRef], resolve: (desk) => [...desk.waiting] }),
  }),
})

/** The agent of the viewer: behind the scope `desk` there is one. */
export const deskAgentOf = ({ viewer }: GraphQLContext): AgentId => {
  if (viewer?.agentId == null) throw graphQLError('FORBIDDEN')
  return viewer.agentId
}

export const loadDesk = async ({ readModels, now }: GraphQLContext, agentId: AgentId): Promise<DeskView> => {
  const at = now()
  const agent = await readModels.agent(agentId)
  if (agent === null) throw graphQLError('FORBIDDEN', 'This agent is not on the roster.')
  const [inbox, queues, offer, current] = await Promise.all([
    readModels.inbox(agentId),
    readModels.queues(),
    agent.offer_id === null ? null : readModels.offer(agent.offer_id),
    agent.interaction_id === null || agent.offer_id !== null
      ? null
      : readModels.interaction(agent.interaction_id),
  ])
  const skills = new Set(fromJson(agent.skills))
  const able = queues.filter((queue) => fromJson(queue.required_skills).every((skill) => skills.has(skill)))
  return {
    now: at,
    agent,
    offer: offer?.status === 'open' ? offer : null,
    current,
    ...inbox,
    queueIds: new Set(able.map((queue) => queue.queue_id)),
  }
}

builder.queryField('desk', (t) =>
  t.field({
    type: DeskRef,
    authScopes: { desk: true },
    resolve: (_root, _args, context) => loadDesk(context, deskAgentOf(context)),
  }),
)
