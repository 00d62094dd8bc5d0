import { parseInstant } from '@centralino/domain'
import { FLOOR } from './access.ts'
import type { GraphQLContext } from './context.ts'
import { AgentRef, BoardRef, type BoardView, QueueBoardRowRef, QueueRef } from './refs.ts'
import { builder } from './schema-builder.ts'

QueueBoardRowRef.implement({
  authScopes: { role: FLOOR },
  fields: (t) => ({
    queue: t.field({ type: QueueRef, resolve: (row) => row.queue }),
    waiting: t.exposeInt('waiting'),
    longestWaitingSince: t.field({
      type: 'Instant',
      nullable: true,
      resolve: ({ longestWaitingSince }) =>
        longestWaitingSince === null ? null : parseInstant(longestWaitingSince),
    }),
    readyAgents: t.exposeInt('readyAgents'),
    engagedAgents: t.exposeInt('engagedAgents'),
    answeredToday: t.exposeInt('answeredToday'),
    abandonedToday: t.exposeInt('abandonedToday'),
  }),
})

BoardRef.implement({
  authScopes: { role: FLOOR },
  fields: (t) => ({
    at: t.field({
      type: 'Instant',
      description: 'Server time of these numbers.',
      resolve: (board) => board.at,
    }),
    queues: t.field({ type: [QueueBoardRowRef], resolve: (board) => [...board.queues] }),
    agents: t.field({ type: [AgentRef], resolve: (board) => [...board.agents] }),
  }),
})

/** "Today" begins at the floor's local midnight. */
export const loadBoard = async ({ readModels, now, timeZone }: GraphQLContext): Promise<BoardView> => {
  const at = now()
  const midnight = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).startOfDay().toInstant()
  const [queues, agents] = await Promise.all([
    readModels.queueBoard(midnight.toString({ smallestUnit: 'millisecond' })),
    readModels.agents(),
  ])
  return { at, queues, agents }
}

builder.queryField('board', (t) =>
  t.field({
    type: BoardRef,
    authScopes: { role: FLOOR },
    resolve: (_root, _args, context) => loadBoard(context),
  }),
)
