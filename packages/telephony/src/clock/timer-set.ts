import type { Clock } from './clock.ts'

/** The timers of one state machine, by name: setting a name again replaces it, and `clearAll` is the one way out. */
export type TimerSet<Name extends string> = {
  set(name: Name, milliseconds: number, fire: () => void): void
  clear(...names: readonly Name[]): void
  clearAll(): void
}

/** Named timers of one owner; starting a name again replaces it. */
export const createTimerSet = <Name extends string>(clock: Clock): TimerSet<Name> => {
  const cancels = new Map<Name, () => void>()
  const clear = (...names: readonly Name[]): void => {
    for (const name of names) {
      cancels.get(name)?.()
      cancels.delete(name)
    }
  }
  return {
    set: (name, milliseconds, fire) => {
      clear(name)
      cancels.set(
        name,
        clock.setTimer(milliseconds, () => {
          cancels.delete(name)
          fire()
        }),
      )
    },
    clear,
    clearAll: () => clear(...cancels.keys()),
  }
}
