/** How a store stands with the machines behind it. Counts are since it was opened. */
export type EventStoreHealth = {
  /** `catchingUp`: connected, but this process does not know yet all that is in the log. */
  readonly status: 'connected' | 'catchingUp' | 'reconnecting'
  /** Appends accepted and not answered yet; past `limit` the next is refused (`TOO_BUSY`). */
  readonly pendingAppends: number
  readonly limit: number
  /** Appends refused as `TOO_BUSY`. */
  readonly refusedAppends: number
  /** Calls made again because the first gave no answer. */
  readonly repeatedCalls: number
  /** New connections, after one from which nothing came any more. */
  readonly reconnects: number
  /** Subscriptions to the log begun anew where they had stopped; a few are no trouble. */
  readonly resubscriptions: number
  /** Why it reconnected last, a word fit for a log; null: it never did. */
  readonly lastTrouble: string | null
}
