import type { Clock } from '../../clock/clock.ts'
import { FRAME_MILLISECONDS } from './audio-frame.ts'

/**
 * Called each 20 ms. `frames` is 1, or more when the process was late and frames have to be caught up. `skipped` counts
 * the frames that a longer stall swallowed: the stream's timestamp has to jump over them.
 */
export type TickListener = (frames: number, skipped: number) => void

const PHASES = 4
const PHASE_MILLISECONDS = FRAME_MILLISECONDS / PHASES
/** After a longer stall the lost time is skipped: a burst would only be thrown away by the far end's jitter buffer. */
const MOST_FRAMES_CAUGHT_UP = 5

type Phase = { listeners: Set<TickListener>; due: number }

/**
 * One clock for every paced stream. Listeners are spread over four phases of 5 ms, so that a thousand legs do not all
 * send in the same moment. Times are computed from the start, so a late timer never adds up to drift. Runs only while
 * somebody listens.
 */
export class Ticker {
  readonly #clock: Clock
  readonly #onListenerError: (error: unknown) => void
  readonly #phases: Phase[] = Array.from({ length: PHASES }, () => ({ listeners: new Set(), due: 0 }))
  #cancelTimer: (() => void) | null = null

  constructor(clock: Clock, onListenerError: (error: unknown) => void) {
    this.#onListenerError = onListenerError
    this.#clock = clock
  }

  /** Adds to the phase with the fewest listeners; the first tick comes within 20 ms. Returns how to stop. */
  add(listener: TickListener): () => void {
    const phase = this.#phases.reduce((least, next) =>
      next.listeners.size < least.listeners.size ? next : least,
    )
    if (phase.listeners.size === 0) this.#startPhase(phase)
    phase.listeners.add(listener)
    this.#schedule()
    return () => {
      phase.listeners.delete(listener)
    }
  }

  close(): void {
    for (const phase of this.#phases) phase.listeners.clear()
    this.#cancelTimer?.()
    this.#cancelTimer = null
  }

  /** A phase starts on its own place in the grid of 20 ms, so that the four stay apart. */
  #startPhase(phase: Phase): void {
    const offset = this.#phases.indexOf(phase) * PHASE_MILLISECONDS
    const now = this.#clock.now()
    phase.due = Math.ceil((now - offset) / FRAME_MILLISECONDS) * FRAME_MILLISECONDS + offset
  }

  #schedule(): void {
    if (this.#cancelTimer !== null) return
    let next = Number.POSITIVE_INFINITY
    for (const phase of this.#phases) {
      if (phase.listeners.size > 0 && phase.due < next) next = phase.due
    }
    if (next === Number.POSITIVE_INFINITY) return
    this.#cancelTimer = this.#clock.setTimer(Math.max(0, Math.ceil(next - this.#clock.now())), () =>
      this.#run(),
    )
  }

  #run(): void {
    this.#cancelTimer = null
    const now = this.#clock.now()
    for (const phase of this.#phases) {
      if (phase.listeners.size === 0 || now < phase.due) continue
      const frames = Math.floor((now - phase.due) / FRAME_MILLISECONDS) + 1
      phase.due += frames * FRAME_MILLISECONDS
      const tooMany = frames > MOST_FRAMES_CAUGHT_UP
      for (const listener of phase.listeners) {
        this.#call(listener, tooMany ? 1 : frames, tooMany ? frames - 1 : 0)
      }
    }
    this.#schedule()
  }

  #call(listener: TickListener, frames: number, skipped: number): void {
    try {
      listener(frames, skipped)
    } catch (error) {
      this.#onListenerError(error)
    }
  }
}
