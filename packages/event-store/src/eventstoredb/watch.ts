import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from './connection.ts'
import type { Feed } from './feed.ts'
import type { ServerPages } from './server-pages.ts'

export type Watch = { readonly stop: () => Promise<void> }

/**
 * Looks at the log's end every `everyMilliseconds`. A frozen server is noticed so within seconds also by a process that
 * only listens (the client itself takes about 20 s), and so is a subscription that brings nothing although there is
 * something: what still has not come at the second look makes a new client.
 */
export const startWatch = (parts: {
  readonly connection: Connection
  readonly pages: ServerPages
  readonly feed: Feed
  readonly everyMilliseconds: number
}): Watch => {
  const { connection, pages, feed, everyMilliseconds } = parts
  const stopping = new AbortController()

  const run = async (): Promise<void> => {
    let missed: string | null = null
    while (!stopping.signal.aborted) {
      await delay(everyMilliseconds, undefined, { signal: stopping.signal, ref: false }).catch(
        () => undefined,
      )
      if (stopping.signal.aborted) return
      const client = connection.client()
      try {
        const { events } = await pages.all({ from: 'end', direction: 'backwards', count: 16 })
        const end = events[0]?.placement.position ?? null
        const reached = feed.position()
        if (missed !== null && (reached === null || reached < missed))
          connection.replace(client, 'FEED_STALLED')
        missed = end !== null && (reached === null || reached < end) ? end : null
      } catch {
        // The call itself has tried new clients as long as its patience lasts; the next look begins anew.
      }
    }
  }
  const ended = run()
  return {
    stop: async () => {
      stopping.abort()
      await ended
    },
  }
}
