import { constants, copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordedEvent } from '@centralino/domain'
import { isAfter, type Moment } from './moment.ts'

export type Keyframe = {
  readonly path: string
  /** The last event folded in. */
  readonly last: Pick<RecordedEvent, 'position' | 'recordedAt'>
  /** How many events were folded into it, about. */
  readonly events: number
}

/** Each is a whole copy of the read models: some 0.6 kB for each event of the log. */
const KEPT = 6

/** A fold that passes so many events leaves a keyframe behind, unless copying would cost more than folding: see `Tape`. */
export const EVENTS_BETWEEN_KEYFRAMES = 50_000

/**
 * Copies of folded read models, from which a fold goes on instead of from the log's beginning. In a folder of its own that is emptied
 * at the start: they hold what is personal, and the log gives them again.
 */
export class Keyframes {
  readonly #folder: string
  /** The least recently used first. */
  #kept: readonly Keyframe[] = []
  #made = 0

  constructor(folder: string) {
    this.#folder = folder
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** The latest one that is not after the moment. */
  nearest(moment: Moment): Keyframe | null {
    let nearest: Keyframe | null = null
    for (const one of this.#kept)
      if (!isAfter(one.last, moment) && (nearest === null || one.last.position > nearest.last.position))
        nearest = one
    if (nearest !== null) this.#kept = [...this.#kept.filter((one) => one !== nearest), nearest]
    return nearest
  }

  /** Copies the file of a database that is between two transactions. */
  keep(path: string, last: Keyframe['last'], events: number): void {
    if (this.#kept.some((one) => one.last.position === last.position)) return
    this.#made += 1
    const kept = join(this.#folder, `keyframe-${this.#made}.db`)
    copyFileSync(path, kept, constants.COPYFILE_FICLONE)
    this.#kept = [...this.#kept, { path: kept, last, events }]
    while (this.#kept.length > KEPT) this.#drop(this.#kept[0] as Keyframe)
  }

  /** A file for somebody's own fold. */
  pathFor(name: string): string {
    return join(this.#folder, `${name}.db`)
  }

  clear(): void {
    this.#kept = []
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #drop(keyframe: Keyframe): void {
    this.#kept = this.#kept.filter((one) => one !== keyframe)
    rmSync(keyframe.path, { force: true })
  }
}
