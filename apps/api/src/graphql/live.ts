import type { ReadModelChange, ReadModels } from '@centralino/projections'

type State =
  | { readonly status: 'dirty' }
  | { readonly status: 'loading'; readonly meanwhile: ReadModelChange[] }
  | { readonly status: 'clean' }
  | { readonly status: 'ended' }

/** Changes remembered while a value is being read; with more, it is read again without looking. */
const MAXIMUM_MEANWHILE = 100

/**
 * A live view: its value at once, then again after each change that touches it. Changes that come while a value is
 * being sent are one change: the queue of a slow browser is one flag long. Ends when the consumer ends it, when `load`
 * fails, or when `stop` is called by whoever `onStop` hands it to.
 */
export const liveView = <Value>(options: {
  readonly readModels: Pick<ReadModels, 'onChange'>
  /** Whether a committed change may alter the value that was sent last. */
  readonly touches: (change: ReadModelChange, last: Value) => boolean
  readonly load: () => Promise<Value>
  /** Whether there may be more to read at once. Default: no. */
  readonly unfinished?: (value: Value) => boolean
  /** Registers `stop`; returns the function that forgets it. */
  readonly onStop: (stop: () => void) => () => void
}): AsyncIterableIterator<Value, undefined> => {
  let state: State = { status: 'dirty' }
  let last: { readonly value: Value } | null = null
  let wake: (() => void) | null = null

  const become = (next: State): void => {
    state = next
    wake?.()
    wake = null
  }
  const current = (): State => state
  const onChange = (change: ReadModelChange): void => {
    if (state.status === 'loading') {
      if (state.meanwhile.length < MAXIMUM_MEANWHILE) state.meanwhile.push(change)
    } else if (state.status === 'clean' && last !== null && options.touches(change, last.value)) {
      become({ status: 'dirty' })
    }
  }
  const end = (): void => {
    if (state.status === 'ended') return
    become({ status: 'ended' })
    forgetChanges()
    forgetStop()
  }
  const forgetChanges = options.readModels.onChange(onChange)
  const forgetStop = options.onStop(end)

  const load = async (): Promise<Value> => {
    const meanwhile: ReadModelChange[] = []
    state = { status: 'loading', meanwhile }
    const value = await options.load().catch((error: unknown) => {
      end()
      throw error
    })
    last = { value }
    if (current().status === 'ended') return value
    const changed =
      options.unfinished?.(value) === true ||
      meanwhile.length >= MAXIMUM_MEANWHILE ||
      meanwhile.some((change) => options.touches(change, value))
    state = { status: changed ? 'dirty' : 'clean' }
    return value
  }

  const next = async (): Promise<IteratorResult<Value, undefined>> => {
    while (state.status === 'clean') {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    if (state.status === 'dirty') {
      const value = await load()
      if (current().status !== 'ended') return { done: false, value }
    }
    return { done: true, value: undefined }
  }

  return {
    next,
    return: async () => {
      end()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** The members of each batch, one by one; ending it ends `batches`. */
export const oneByOne = <Item>(
  batches: AsyncIterableIterator<readonly Item[], undefined>,
): AsyncIterableIterator<Item, undefined> => {
  const waiting: Item[] = []
  return {
    async next() {
      for (;;) {
        const item = waiting.shift()
        if (item !== undefined) return { done: false, value: item }
        const batch = await batches.next()
        if (batch.done) return { done: true, value: undefined }
        waiting.push(...batch.value)
      }
    },
    async return() {
      waiting.length = 0
      await batches.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
