import type { DatabaseSync } from 'node:sqlite'
import type { RecordedEvent } from '@centralino/domain'
import { Projector, type ProjectorStatistics } from './projector/projector.ts'
import { kyselyOver } from './read-model-store/node-sqlite-dialect.ts'
import { fileError, openForWriting } from './read-model-store/open-database.ts'
import { type OwnerLock, takeOwnership } from './read-model-store/owner-lock.ts'
import type { ReadModelChange } from './read-models.ts'

/** The writing half in the thread it runs in: the file, its lock and the projector. */
export class ReadModelsWriter {
  readonly #lock: OwnerLock
  readonly #database: DatabaseSync
  readonly #projector: Projector

  /** Throws a `ReadModelsError`: `READ_MODELS_IN_USE`, `FOREIGN_FILE`, `DISK_FULL` or `READ_MODELS_UNAVAILABLE`. */
  constructor(path: string) {
    this.#lock = takeOwnership(path)
    let database: DatabaseSync | null = null
    try {
      database = openForWriting(path)
      this.#database = database
      this.#projector = new Projector(database, kyselyOver(database))
    } catch (error) {
      database?.close()
      this.#lock.release()
      throw fileError(error) ?? error
    }
  }

  get checkpoint(): string | null {
    return this.#projector.checkpoint
  }

  get statistics(): ProjectorStatistics {
    return this.#projector.statistics
  }

  apply(events: readonly RecordedEvent[]): ReadModelChange | null {
    const applied = this.#projector.apply(events)
    return applied === null ? null : { position: applied.position, ...applied.touched }
  }

  close(): void {
    this.#database.close()
    this.#lock.release()
  }
}
