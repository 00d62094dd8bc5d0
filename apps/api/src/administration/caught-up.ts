import type { EventId } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import type { ReadModels } from '@centralino/projections'

/** What a person waits for the read models at most; they are milliseconds behind unless something is wrong with them. */
const PATIENCE_MILLISECONDS = 2_000

/**
 * Makes `caughtUp(eventId)`: resolves when the read models have folded in that event, or after two seconds. It never
 * rejects: what was appended is done, whether its rows can be seen yet or not.
 */
export const createCaughtUp =
  (options: {
    readonly store: Pick<EventStore, 'eventById'>
    readonly readModels: Pick<ReadModels, 'checkpoint' | 'onChange'>
    readonly patienceMilliseconds?: number
  }) =>
  async (eventId: EventId): Promise<void> => {
    const { store, readModels } = options
    const { promise: enough, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, options.patienceMilliseconds ?? PATIENCE_MILLISECONDS)
    // Listening comes before looking, so that no change falls in between.
    let reached = ''
    let awaited: string | null = null
    const look = (position: string) => {
      if (position > reached) reached = position
      if (awaited !== null && reached >= awaited) resolve()
    }
    const forget = readModels.onChange(({ position }) => look(position))
    const find = async () => {
      const event = await store.eventById(eventId)
      if (event === null) return resolve()
      awaited = event.position
      look((await readModels.checkpoint()) ?? '')
    }
    find().catch(resolve)
    await enough
    forget()
    clearTimeout(timer)
  }
