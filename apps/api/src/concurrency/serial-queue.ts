/** More waits than the queue takes: the hub is far behind, and taking on more would only hide it. */
export class QueueFullError extends Error {
  readonly code = 'TOO_BUSY'
}

/**
 * Runs tasks one after the other, in the order they came. A failing task fails for whoever gave it and for nobody else.
 */
export type SerialQueue = {
  /** Rejects with `QueueFullError` when `limit` tasks wait already. */
  run<T>(task: () => Promise<T>): Promise<T>
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>
  readonly waiting: number
}

export const createSerialQueue = (limit: number): SerialQueue => {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return {
    run: (task) => {
      if (waiting >= limit) return Promise.reject(new QueueFullError(`${waiting} tasks wait`))
      waiting += 1
      const result = last.then(task).finally(() => {
        waiting -= 1
      })
      // Whoever gave the task has its failure; the next one only waits for its end.
      last = result.catch(() => {})
      return result
    },
    idle: async () => {
      while (waiting > 0) await last
    },
    get waiting() {
      return waiting
    },
  }
}
