import { fold } from '../kernel/fold.ts'
import { sameData } from '../kernel/same-data.ts'
import { floorDecider } from './decide.ts'
import type { FloorEvent } from './events.ts'
import { routeNext, type WorkOffered } from './route.ts'

export type Explanation = {
  /** Whether deciding again gives the very offer that was recorded: same work, agent, reasons and times. */
  readonly same: boolean
  /** What deciding again gives; null when it makes no offer, or the day was not open. */
  readonly again: WorkOffered | null
}

/**
 * Runs a past decision again from the log alone.
 *
 * @param before the day's events before the offer, in order, from `FloorDayOpened`
 * @param offer the offer as recorded; its id, seed and time are the command's
 */
export const explain = (before: Iterable<FloorEvent>, offer: WorkOffered): Explanation => {
  const state = fold(floorDecider, before)
  if (state.status === 'notOpen') return { same: false, again: null }
  const { floorId, offerId, seed, at } = offer.data
  const again = routeNext({ type: 'RouteNext', floorId, offerId, seed, at }, state)
  return { same: again !== null && sameData(again.data, offer.data), again }
}
