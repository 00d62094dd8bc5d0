import { ChangeListeners } from './change-listeners.ts'
import { Projector } from './projector/projector.ts'
import { runQuery } from './queries.ts'
import { queriesBy } from './query-names.ts'
import { kyselyOver } from './read-model-store/node-sqlite-dialect.ts'
import { openForWriting } from './read-model-store/open-database.ts'
import type { ReadModels } from './read-models.ts'

/**
 * Read models in memory and in the calling thread: for a look at the past, and for tests. Not for the hub, whose event loop they
 * would block.
 */
export const readModelsInMemory = (): ReadModels => {
  const database = openForWriting(':memory:')
  const kysely = kyselyOver(database)
  const projector = new Projector(database, kysely)
  const listeners = new ChangeListeners((error) => {
    throw error
  })
  return {
    checkpoint: async () => projector.checkpoint,
    statistics: async () => projector.statistics,
    async apply(events) {
      const applied = projector.apply(events)
      if (applied !== null) listeners.tell({ position: applied.position, ...applied.touched })
    },
    onChange: (listener) => listeners.add(listener),
    ...queriesBy((name, parameters) => runQuery(kysely, name, parameters)),
    async [Symbol.asyncDispose]() {
      await kysely.destroy()
      database.close()
    },
  }
}
