import type { AudioFrame } from './rtp/audio-frame.ts'

/** What one leg says, handed to whoever hears it at the moment. A failing hearer does not stop the others. */
export class Mouth {
  readonly #hearers = new Set<(frame: AudioFrame) => void>()
  readonly #onHearerError: (error: unknown) => void

  constructor(onHearerError: (error: unknown) => void) {
    this.#onHearerError = onHearerError
  }

  /** Returns how to stop. */
  heardBy(hearer: (frame: AudioFrame) => void): () => void {
    this.#hearers.add(hearer)
    return () => {
      this.#hearers.delete(hearer)
    }
  }

  say(frame: AudioFrame): void {
    for (const hearer of this.#hearers) {
      try {
        hearer(frame)
      } catch (error) {
        this.#onHearerError(error)
      }
    }
  }

  close(): void {
    this.#hearers.clear()
  }
}
