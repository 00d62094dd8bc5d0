import type { DatabaseSync } from 'node:sqlite'
import type { RecordedEvent } from '@centralino/domain'
import type { Kysely } from 'kysely'
import { fileError } from '../read-model-store/open-database.ts'
import { RowSession } from '../read-model-store/row-session.ts'
import type { Touched } from '../read-model-store/rows.ts'
import type { ReadModelTables } from '../read-model-store/tables.ts'
import { ReadModelsError } from '../read-models-error.ts'
import { CHECKPOINT } from './checkpoint.ts'
import { checkpointOf, ensureTables } from './ensure-tables.ts'
import type { Handler, KnownType } from './projection.ts'
import { allTables, isKnownType, projections } from './projections.ts'

/** Types counted by name; beyond it they count as one. */
const COUNTED_TYPES = 100

export type ProjectorStatistics = {
  /** Events folded in, by this process. */
  readonly applied: number
  /** Events at or before the checkpoint, passed over. */
  readonly skipped: number
  /** Events of types that the domain does not know, ignored; by type. */
  readonly unknownTypes: Readonly<Record<string, number>>
}

type Applied = { readonly position: string; readonly touched: Touched } | null

/**
 * Folds batches of the log into rows. Rows and checkpoint are one transaction, and events at or before the checkpoint are
 * passed over: each event takes effect exactly once, however often it is given.
 */
export class Projector {
  readonly #database: DatabaseSync
  readonly #session: RowSession
  readonly #handlers = new Map<string, readonly Handler<KnownType>[]>()
  readonly #unknown = new Map<string, number>()
  readonly #version: string
  #checkpoint: string | null
  /** Up to where events are folded in, committed or not. */
  #position: string | null
  #folded = 0
  #passedOver = 0
  #applied = 0
  #skipped = 0

  /** Makes the tables where they are missing, or anew where they were made by other rules. */
  constructor(database: DatabaseSync, kysely: Kysely<ReadModelTables>) {
    this.#database = database
    const { version, position } = ensureTables(database, kysely, allTables)
    this.#version = version
    this.#checkpoint = position
    this.#position = position
    this.#session = new RowSession(database, kysely, allTables)
    for (const projection of projections)
      for (const [type, handler] of Object.entries(projection.on))
        this.#handlers.set(type, [...(this.#handlers.get(type) ?? []), handler as Handler<KnownType>])
  }

  get checkpoint(): string | null {
    return this.#checkpoint
  }

  get statistics(): ProjectorStatistics {
    return {
      applied: this.#applied,
      skipped: this.#skipped,
      unknownTypes: Object.fromEntries(this.#unknown),
    }
  }

  /**
   * One transaction. Gives the position reached and the touched ids; null when every event was folded in before. Throws
   * `PROJECTION_FAILED` or `DISK_FULL` and leaves rows and checkpoint as they were.
   */
  apply(events: readonly RecordedEvent[]): Applied {
    this.fold(events)
    return this.commit()
  }

  /** Folds into rows in memory, which the next `commit` writes. Throws as `apply` does; then nothing since the last one holds. */
  fold(events: readonly RecordedEvent[]): void {
    try {
      // Begun with the first event: what is read while folding is of the same transaction.
      if (!this.#database.isTransaction) this.#database.exec('begin immediate')
      for (const event of events) {
        if (this.#position !== null && event.position <= this.#position) {
          this.#passedOver++
          continue
        }
        this.#foldOne(event)
        this.#position = event.position
        this.#folded++
      }
    } catch (error) {
      this.#rollBack()
      throw applyError(error)
    }
  }

  /** Writes what was folded since the last commit, each row once; gives what `apply` does. */
  commit(): Applied {
    const position = this.#position
    const folded = this.#folded
    try {
      if (folded === 0 || position === null) {
        if (this.#database.isTransaction) this.#database.exec('rollback')
        this.#skipped += this.#passedOver
        this.#passedOver = 0
        return null
      }
      this.#session.put('checkpoint', { projection: CHECKPOINT, position, views_version: this.#version })
      this.#session.flush()
      this.#database.exec('commit')
    } catch (error) {
      this.#rollBack()
      throw applyError(error)
    }
    this.#checkpoint = position
    this.#applied += folded
    this.#skipped += this.#passedOver
    this.#folded = 0
    this.#passedOver = 0
    return { position, touched: this.#session.committed() }
  }

  /** The rows were put back to what they were: nothing that is remembered of them holds any more. */
  reload(): void {
    this.#session.forget()
    this.#checkpoint = checkpointOf(this.#database)?.position ?? null
    this.#position = this.#checkpoint
  }

  #foldOne(event: RecordedEvent): void {
    const handlers = this.#handlers.get(event.type)
    if (handlers === undefined) {
      if (!isKnownType(event.type)) this.#countUnknown(event.type)
      return
    }
    try {
      for (const handler of handlers) handler(event.data as never, this.#session, event)
    } catch (cause) {
      const message = `${event.type} ${event.id} at ${event.position} of ${event.stream} could not be folded in`
      throw new ReadModelsError('PROJECTION_FAILED', message, { cause })
    }
  }

  #countUnknown(type: string): void {
    const name = this.#unknown.size < COUNTED_TYPES || this.#unknown.has(type) ? type : 'others'
    this.#unknown.set(name, (this.#unknown.get(name) ?? 0) + 1)
  }

  #rollBack(): void {
    this.#session.forget()
    this.#position = this.#checkpoint
    this.#folded = 0
    this.#passedOver = 0
    // A full disk may have ended the transaction already.
    if (this.#database.isTransaction) this.#database.exec('rollback')
  }
}

const applyError = (error: unknown): unknown => {
  const cause = error instanceof ReadModelsError ? error.cause : error
  const ofFile = fileError(cause)
  if (ofFile !== null) return ofFile
  if (error instanceof ReadModelsError) return error
  return new ReadModelsError('PROJECTION_FAILED', `a batch could not be written: ${String(error)}`, {
    cause: error,
  })
}
