import {
  type AgentId,
  agentsOnFloor,
  type FloorState,
  type Instant,
  type OfferId,
  openOffers,
} from '@centralino/domain'

/** What the floor owes at an instant: read from its state, so that a restart arms the same timers. */
export type Due =
  | { readonly kind: 'offerExpires'; readonly at: Instant; readonly offerId: OfferId }
  | { readonly kind: 'wrapUpEnds'; readonly at: Instant; readonly agentId: AgentId }

export const dueOnFloor = (state: FloorState): readonly Due[] => {
  const due: Due[] = openOffers(state).map(({ offerId, expiresAt }) => ({
    kind: 'offerExpires',
    at: expiresAt,
    offerId,
  }))
  for (const { agentId, presence } of agentsOnFloor(state)) {
    if (presence.status === 'wrapUp') due.push({ kind: 'wrapUpEnds', at: presence.until, agentId })
  }
  return due
}

export const earliest = (due: readonly Due[]): Due | null =>
  due.reduce<Due | null>((first, one) => (first === null || one.at < first.at ? one : first), null)
