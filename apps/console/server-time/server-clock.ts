/**
 * The hub's time in the browser. Clocks on the desk count from the hub's own instants, so a workstation whose clock is
 * wrong still shows the right waiting time.
 */
export type ServerClock = {
  /** Takes an answer's server time. `receivedAt` is this machine's clock, ms since the epoch. */
  sync(serverInstant: string, receivedAt: number): void
  /** The hub's time now, ms since the epoch. */
  now(): number
}

/**
 * An answer always arrives later than it was stamped, so the largest offset seen is the best one. A jump of more than
 * 5 s against it means that one of the two clocks was set, and the newest answer counts.
 */
export function createServerClock(machineNow: () => number): ServerClock {
  let offset: number | null = null
  return {
    sync(serverInstant, receivedAt) {
      const seen = Date.parse(serverInstant) - receivedAt
      if (Number.isNaN(seen)) return
      if (offset === null || seen > offset || offset - seen > 5000) offset = seen
    },
    now: () => machineNow() + (offset ?? 0),
  }
}

export const serverClock = createServerClock(() => Date.now())
