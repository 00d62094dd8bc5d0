import type { EventStore } from '@centralino/event-store'
import type { Metrics } from '../observability/metrics.ts'
import type { Notices } from '../observability/notices.ts'

const WATCH_EVERY_MILLISECONDS = 1_000
/** A change of leader takes a second or two, and is nobody's business. */
const AWAY_AFTER_LOOKS = 5

/**
 * Shows the operator a log whose servers do not answer, and its figures; returns the function that stops it. A log on this
 * machine has nothing to show.
 */
export const watchStore = (
  store: Pick<EventStore, 'health'>,
  notices: Notices,
  metrics: Metrics,
): (() => void) => {
  if (store.health === undefined) return () => undefined
  const look = store.health.bind(store)
  let looksAway = 0
  const timer = setInterval(() => {
    const { status, lastTrouble, ...figures } = look()
    const connected = status !== 'reconnecting'
    looksAway = connected ? 0 : looksAway + 1
    if (looksAway === AWAY_AFTER_LOOKS) {
      notices.report('EVENT_STORE_AWAY', { reason: lastTrouble ?? 'NO_ANSWER_YET' })
    }
    if (connected) notices.clear('EVENT_STORE_AWAY')
    metrics.eventStore.set({ figure: 'connected' }, connected ? 1 : 0)
    for (const [figure, value] of Object.entries(figures)) metrics.eventStore.set({ figure }, value)
  }, WATCH_EVERY_MILLISECONDS)
  timer.unref()
  return () => clearInterval(timer)
}
