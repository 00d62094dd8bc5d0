import type { Core } from './core.ts'

const LOOK_AGAIN_MILLISECONDS = 20

/**
 * Ends every session with a cause and waits until the peers have answered: no dialog waits for its BYE's response, and
 * no transaction for a response or an ACK; or until `withinMilliseconds` are over.
 */
export const endEverything = (core: Core, q850: number, withinMilliseconds: number): Promise<void> => {
  for (const session of [...core.registry.sessions.values()]) session.end({ q850 })
  const until = core.clock.now() + withinMilliseconds
  return new Promise((resolve) => {
    const look = (): void => {
      const done = core.registry.size() === 0 && core.transactions.unfinished() === 0
      if (done || core.clock.now() >= until) resolve()
      else core.clock.setTimer(LOOK_AGAIN_MILLISECONDS, look)
    }
    look()
  })
}
