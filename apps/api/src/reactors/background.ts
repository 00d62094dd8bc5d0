/**
 * Tasks that a timer or a signal sets off and nobody awaits: their failures are reported, and whoever stops the hub can
 * wait for those under way.
 */
export type Background = {
  run(task: () => Promise<unknown>): void
  /** Resolves when none is under way. */
  idle(): Promise<void>
}

export const createBackground = (onFailure: (error: unknown) => void): Background => {
  const underWay = new Set<Promise<unknown>>()
  return {
    run: (task) => {
      const running = task()
        .catch(onFailure)
        .finally(() => underWay.delete(running))
      underWay.add(running)
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
