import { setTimeout as delay } from 'node:timers/promises'

/** Looks again and again until `look` gives something that `isSo`; throws with the last thing seen when it takes too long. */
export const eventually = async <T>(
  what: string,
  look: () => T | Promise<T>,
  isSo: (seen: T) => boolean,
  withinMilliseconds = 40_000,
): Promise<T> => {
  const giveUpAt = Date.now() + withinMilliseconds
  for (;;) {
    const seen = await look()
    if (isSo(seen)) return seen
    if (Date.now() > giveUpAt)
      throw new Error(`${what}: not so within ${withinMilliseconds} ms; last seen ${JSON.stringify(seen)}`)
    await delay(100)
  }
}
