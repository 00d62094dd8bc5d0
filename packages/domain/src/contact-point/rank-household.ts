import type { CustomerCandidate } from '../interaction/events.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ContactPointState, Holder } from './state.ts'

/** Who used the point last comes first; those who never did follow in the order they were linked. */
export const ranked = (holders: readonly Holder[]): readonly Holder[] =>
  // Array sort is stable, so equal uses keep the order of linking.
  [...holders].sort((one, other) => {
    if (one.lastUsedAt === other.lastUsedAt) return 0
    if (one.lastUsedAt === null) return 1
    if (other.lastUsedAt === null) return -1
    return one.lastUsedAt > other.lastUsedAt ? -1 : 1
  })

/**
 * Everybody a contact through this point may be of, best first, with what ranked them there. Empty when nobody holds
 * the point.
 *
 * @param contactAt when the contact that asks was recorded (`IdentifyContact.at`), so that the use it left does not
 * count as a reason for itself. Left out: every recorded use counts.
 */
export const rankHousehold = (
  state: ContactPointState,
  contactAt?: Instant,
): readonly CustomerCandidate[] => {
  if (state.status === 'unlinked') return []
  return ranked(state.holders).map((holder, index, all) => ({
    customerId: holder.customerId,
    rank: index + 1,
    why: all.length === 1 ? whyAlone(holder, contactAt) : whyRanked(holder, contactAt),
  }))
}

const usedBefore = (holder: Holder, contactAt: Instant | undefined): Instant | null =>
  holder.lastUsedAt === contactAt ? holder.usedBeforeAt : holder.lastUsedAt

const whyAlone = (holder: Holder, contactAt: Instant | undefined): CustomerCandidate['why'] =>
  holder.linkedAt === contactAt && usedBefore(holder, contactAt) === null ? 'newContactPoint' : 'onlyMatch'

const whyRanked = (holder: Holder, contactAt: Instant | undefined): CustomerCandidate['why'] =>
  usedBefore(holder, contactAt) === null ? 'linkedFirst' : 'lastContact'
