import type { ReadModelChange } from './read-models.ts'

type Listener = (change: ReadModelChange) => void

/** Tells all listeners; one that throws keeps none of the others from hearing, and is reported. */
export class ChangeListeners {
  readonly #listeners = new Set<Listener>()
  readonly #onListenerError: (error: unknown) => void

  constructor(onListenerError: (error: unknown) => void) {
    this.#onListenerError = onListenerError
  }

  add(listener: Listener): () => void {
    const own: Listener = (change) => listener(change)
    this.#listeners.add(own)
    return () => {
      this.#listeners.delete(own)
    }
  }

  tell(change: ReadModelChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change)
      } catch (error) {
        this.#onListenerError(error)
      }
    }
  }
}
