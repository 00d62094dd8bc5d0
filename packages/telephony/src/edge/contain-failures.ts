import type { EdgeLog } from '../edge-contract/edge-log.ts'

/** So many failures within a minute are no single call's bad luck: the edge ends its calls and is started anew. */
const MOST_FAILURES_A_MINUTE = 100

export type ContainedFailures = {
  report(error: unknown): void
  onTooMany(listener: () => void): void
}

/**
 * The last net of a process that carries many calls: a bug that one call's input met does not end the others. Failures
 * are logged, and too many of them end the process after all.
 */
export const containFailures = (process: NodeJS.Process, log: EdgeLog): ContainedFailures => {
  let tooMany: () => void = () => undefined
  let minuteFrom = performance.now()
  let failures = 0
  const report = (error: unknown): void => {
    log.error({ error }, 'a failure was contained')
    const now = performance.now()
    if (now - minuteFrom > 60_000) {
      minuteFrom = now
      failures = 0
    }
    failures += 1
    if (failures === MOST_FAILURES_A_MINUTE) tooMany()
  }
  process.on('uncaughtException', report)
  process.on('unhandledRejection', report)
  return {
    report,
    onTooMany: (listener) => {
      tooMany = listener
    },
  }
}
