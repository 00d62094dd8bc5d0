import { constants, copyFileSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { RecordedEvent } from '@centralino/domain'
import type { Kysely } from 'kysely'
import { allTables } from '../projector/projections.ts'
import { Projector } from '../projector/projector.ts'
import { runQuery } from '../queries.ts'
import type { QueryName } from '../query-names.ts'
import { kyselyOver } from '../read-model-store/node-sqlite-dialect.ts'
import { openScratch } from '../read-model-store/open-database.ts'
import type { ReadModelTables } from '../read-model-store/tables.ts'
import { EVENTS_BETWEEN_KEYFRAMES, type Keyframes } from './keyframes.ts'
import { isAfter, type Moment } from './moment.ts'
import { UndoLog } from './undo-log.ts'

/** Read together on the way to a moment that is far off. */
const EVENTS_PER_BATCH = 1_000
/** Written in one transaction on that way: a row that many of them change is written once. */
const EVENTS_PER_COMMIT = 20_000
/** The last so many events before a moment are folded one by one, so that each can be taken back. */
const STEPS_BACK = 500
/** Steps that can be taken back, at most; further back it goes from a keyframe. */
const STEPS_KEPT = 5_000
/** What is read of the log for a step. */
const READ_AHEAD = 200

type Step = { readonly mark: number; readonly before: Reached | null }
type Reached = Pick<RecordedEvent, 'position' | 'recordedAt'>

export type TapeOptions = {
  /** Unlike that of any other tape of these keyframes. */
  readonly name: string
  readonly keyframes: Keyframes
  /** The log after a position (null: from its beginning); at most `limit` events. */
  readonly readAll: (after: string | null, limit?: number) => AsyncIterable<RecordedEvent>
}

/**
 * The read models at any moment of the past, wound forwards by folding and backwards by taking steps back. A jump begins at the nearest
 * keyframe. Keeps its thread busy: for a worker. What is asked is answered one after the other.
 */
export class Tape {
  readonly #options: TapeOptions
  readonly #path: string
  #database: DatabaseSync
  #kysely: Kysely<ReadModelTables>
  #projector: Projector
  #undo: UndoLog
  #steps: Step[] = []
  #reached: Reached | null = null
  #ahead: RecordedEvent[] = []
  #sinceKeyframe = 0
  #uncommitted = 0
  /** Of the log, about. */
  #folded = 0
  #busy: Promise<unknown> = Promise.resolve()

  constructor(options: TapeOptions) {
    this.#options = options
    this.#path = options.keyframes.pathFor(options.name)
    rmSync(this.#path, { force: true })
    const { database, kysely, projector, undo } = open(this.#path)
    this.#database = database
    this.#kysely = kysely
    this.#projector = projector
    this.#undo = undo
  }

  /** Winds to a moment; gives the last event folded in, null before the first. */
  seek(moment: Moment): Promise<Reached | null> {
    return this.#inTurn(() => this.#seek(moment))
  }

  /** Winds to a moment and asks the read models there. */
  ask(moment: Moment, name: QueryName, parameters: readonly unknown[]): Promise<unknown> {
    return this.#inTurn(async () => {
      await this.#seek(moment)
      return await runQuery(this.#kysely, name, parameters)
    })
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#kysely.destroy()
      this.#database.close()
      rmSync(this.#path, { force: true })
    })
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#busy.then(task)
    this.#busy = done.catch(() => {})
    return done
  }

  async #seek(moment: Moment): Promise<Reached | null> {
    try {
      if (this.#isPast(moment)) this.#back(moment)
      await this.#forwards(moment)
      return this.#reached
    } catch (error) {
      // Half way is nowhere: the next one begins anew.
      this.#restore({ position: '' })
      throw error
    }
  }

  #isPast(moment: Moment): boolean {
    return this.#reached !== null && isAfter(this.#reached, moment)
  }

  #back(moment: Moment): void {
    const place = this.#steps.findLastIndex(({ before }) => before === null || !isAfter(before, moment))
    const step = this.#steps[place]
    this.#ahead = []
    if (step === undefined) {
      this.#restore(moment)
      return
    }
    this.#undo.undoTo(step.mark)
    this.#steps.length = place
    this.#projector.reload()
    this.#reached = step.before
  }

  #restore(moment: Moment): void {
    this.#database.close()
    rmSync(this.#path, { force: true })
    const keyframe = this.#options.keyframes.nearest(moment)
    if (keyframe !== null) copyFileSync(keyframe.path, this.#path, constants.COPYFILE_FICLONE)
    const { database, kysely, projector, undo } = open(this.#path)
    this.#database = database
    this.#kysely = kysely
    this.#projector = projector
    this.#undo = undo
    this.#steps = []
    this.#ahead = []
    this.#reached = keyframe?.last ?? null
    this.#sinceKeyframe = 0
    this.#uncommitted = 0
    this.#folded = keyframe?.events ?? 0
  }

  async #forwards(moment: Moment): Promise<void> {
    if (await this.#stepAhead(moment)) return
    // Far off: better from a keyframe that lies between.
    const keyframe = this.#options.keyframes.nearest(moment)
    if (keyframe !== null && (this.#reached === null || keyframe.last.position > this.#reached.position))
      this.#restore(moment)
    let waiting: RecordedEvent[] = []
    for await (const event of this.#options.readAll(this.#reached?.position ?? null)) {
      if (isAfter(event, moment)) break
      waiting.push(event)
      if (waiting.length < EVENTS_PER_BATCH + STEPS_BACK) continue
      this.#fold(waiting.slice(0, EVENTS_PER_BATCH))
      waiting = waiting.slice(EVENTS_PER_BATCH)
    }
    this.#commit()
    if (this.#sinceKeyframe > EVENTS_BETWEEN_KEYFRAMES / 5) this.#keepKeyframe()
    for (const event of waiting) this.#step(event)
  }

  /** What a step needs: true when the moment was reached by what one short read gives. */
  async #stepAhead(moment: Moment): Promise<boolean> {
    for (;;) {
      const next = this.#ahead[0]
      if (next !== undefined && isAfter(next, moment)) return true
      if (next !== undefined) {
        this.#step(next)
        this.#ahead.shift()
        continue
      }
      const read: RecordedEvent[] = []
      for await (const event of this.#options.readAll(this.#reached?.position ?? null, READ_AHEAD))
        read.push(event)
      const last = read.at(-1)
      if (last === undefined) return true
      if (read.length === READ_AHEAD && !isAfter(last, moment)) return false
      this.#ahead = read
    }
  }

  #fold(events: readonly RecordedEvent[]): void {
    if (this.#steps.length > 0) this.#undo.forgetUntil(this.#undo.mark())
    this.#steps = []
    this.#undo.record(false)
    this.#projector.fold(events)
    this.#uncommitted += events.length
    if (this.#uncommitted >= EVENTS_PER_COMMIT) this.#commit()
    this.#reached = reachedBy(events.at(-1)) ?? this.#reached
    this.#sinceKeyframe += events.length
    this.#folded += events.length
    // A copy is as long as the log before it, so that keyframes on the way grow apart with the log.
    if (this.#sinceKeyframe >= Math.max(EVENTS_BETWEEN_KEYFRAMES, this.#folded / 3)) this.#keepKeyframe()
  }

  #step(event: RecordedEvent): void {
    this.#steps.push({ mark: this.#undo.mark(), before: this.#reached })
    this.#undo.record(true)
    this.#projector.apply([event])
    this.#reached = reachedBy(event)
    if (this.#steps.length <= 2 * STEPS_KEPT) return
    this.#steps.splice(0, STEPS_KEPT)
    this.#undo.forgetUntil(this.#steps[0]?.mark ?? 0)
  }

  #commit(): void {
    this.#projector.commit()
    this.#uncommitted = 0
  }

  #keepKeyframe(): void {
    this.#commit()
    if (this.#reached !== null) this.#options.keyframes.keep(this.#path, this.#reached, this.#folded)
    this.#sinceKeyframe = 0
  }
}

const reachedBy = (event: RecordedEvent | undefined): Reached | null =>
  event === undefined ? null : { position: event.position, recordedAt: event.recordedAt }

const open = (path: string) => {
  const database = openScratch(path)
  const kysely = kyselyOver(database)
  const projector = new Projector(database, kysely)
  return { database, kysely, projector, undo: new UndoLog(database, allTables) }
}
