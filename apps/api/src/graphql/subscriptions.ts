import type { CustomerId } from '@centralino/domain'
import type { ReadModelChange, TimelineEntryTable } from '@centralino/projections'
import { CUSTOMERS_NOW, FLOOR } from './access.ts'
import { loadBoard } from './board.ts'
import type { GraphQLContext } from './context.ts'
import { positionOf } from './cursors.ts'
import { deskAgentOf, loadDesk } from './desk.ts'
import { graphQLError } from './errors.ts'
import { idOf } from './ids.ts'
import { liveView, oneByOne } from './live.ts'
import { BoardRef, CustomerRef, DeskRef, type DeskView, TimelineEntryRef } from './refs.ts'
import { builder } from './schema-builder.ts'

/** A console has one of each open; a browser with many tabs, a few times that. */
const MAXIMUM_FOR_A_SESSION = 24
const openBySession = new Map<string, number>()

/** Counts the subscription in, stops it when its session ends, and counts it out. */
const stopper =
  ({ viewer, onSessionEnded, metrics }: GraphQLContext, field: string) =>
  (stop: () => void): (() => void) => {
    if (viewer === null) throw graphQLError('UNAUTHENTICATED')
    const { sessionId } = viewer
    const open = openBySession.get(sessionId) ?? 0
    if (open >= MAXIMUM_FOR_A_SESSION) throw graphQLError('TOO_MANY_SUBSCRIPTIONS')
    openBySession.set(sessionId, open + 1)
    metrics.subscriptions.inc({ field })
    const forget = onSessionEnded((ended) => {
      if (ended === sessionId) stop()
    })
    return () => {
      forget()
      metrics.subscriptions.dec({ field })
      const left = (openBySession.get(sessionId) ?? 1) - 1
      if (left > 0) openBySession.set(sessionId, left)
      else openBySession.delete(sessionId)
    }
  }

const touchesDesk = (change: ReadModelChange, desk: DeskView): boolean => {
  if (change.agentIds.has(desk.agent.agent_id) || !desk.queueIds.isDisjointFrom(change.queueIds)) return true
  const shown = [...desk.mine, ...desk.waiting, ...(desk.current === null ? [] : [desk.current])]
  return shown.some(
    (row) =>
      change.interactionIds.has(row.interaction_id) ||
      change.customerIds.has(row.customer_id) ||
      (row.thread_id !== null && change.threadIds.has(row.thread_id)),
  )
}

const timelineFrom = async (context: GraphQLContext, customerId: CustomerId, after: string | null) => {
  const { readModels } = context
  let position = (after === null ? null : positionOf(after)) ?? (await readModels.checkpoint()) ?? ''
  return oneByOne(
    liveView<readonly TimelineEntryTable[]>({
      readModels,
      touches: (change) => change.customerIds.has(customerId),
      load: async () => {
        const news = await readModels.timelineSince(customerId, position)
        position = news.position
        return news.entries
      },
      unfinished: (entries) => entries.length > 0,
      onStop: stopper(context, 'timeline'),
    }),
  )
}

builder.subscriptionFields((t) => ({
  desk: t.field({
    type: DeskRef,
    description: 'The whole desk at once, then again whenever something on it changed.',
    authScopes: { desk: true },
    subscribe: (_root, _args, context) => {
      const agentId = deskAgentOf(context)
      return liveView<DeskView>({
        readModels: context.readModels,
        touches: touchesDesk,
        load: () => loadDesk(context, agentId),
        onStop: stopper(context, 'desk'),
      })
    },
    resolve: (desk) => desk,
  }),
  timeline: t.field({
    type: TimelineEntryRef,
    description:
      "Entries of one customer's timeline as they are appended, after `after` (a position) or from now. When somebody chooses another customer for a contact, its old entries follow: to who came to have it, and to who had it, where `customer` says that they are another's now.",
    authScopes: { role: CUSTOMERS_NOW },
    args: { customerId: t.arg.globalID({ required: true, for: [CustomerRef] }), after: t.arg.string() },
    subscribe: (_root, args, context) =>
      timelineFrom(context, idOf('customer', args.customerId), args.after ?? null),
    resolve: (entry) => entry,
  }),
  board: t.field({
    type: BoardRef,
    authScopes: { role: FLOOR },
    subscribe: (_root, _args, context) =>
      liveView({
        readModels: context.readModels,
        touches: (change) =>
          change.agentIds.size > 0 || change.queueIds.size > 0 || change.interactionIds.size > 0,
        load: () => loadBoard(context),
        onStop: stopper(context, 'board'),
      }),
    resolve: (board) => board,
  }),
}))
