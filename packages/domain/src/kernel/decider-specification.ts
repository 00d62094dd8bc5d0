import { expect } from 'vitest'
import type { Decider } from './decider.ts'
import type { Refusal } from './decision.ts'
import { fold } from './fold.ts'

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}

/**
 * Given these events, when this command comes, then these events (or this refusal, or nothing). Events and commands
 * are frozen first, so a decider that changes what it was given throws.
 */
export const specify =
  <Command, Event, State, R extends Refusal>(decider: Decider<Command, Event, State, R>) =>
  (history: readonly Event[]) => {
    const state = fold(decider, deepFreeze(history))
    return {
      /** Looks at the state that the events made. */
      thenState: (look: (state: State) => void): void => look(state),
      when: (command: Command) => {
        const decision = decider.decide(deepFreeze(command), state)
        return {
          // biome-ignore lint/suspicious/noThenProperty: given/when/then is how a rule is read aloud; nobody awaits it
          then: (events: readonly Event[]): void => {
            expect(decision).toEqual({ outcome: 'accepted', events })
          },
          thenNothing: (): void => {
            expect(decision).toEqual({ outcome: 'accepted', events: [] })
          },
          thenRefused: (code: R['code'], data?: unknown): void => {
            expect(decision).toMatchObject({
              outcome: 'refused',
              refusal: data === undefined ? { code } : { code, data },
            })
          },
          /** The state after what was decided. */
          thenState: (look: (state: State) => void): void => {
            if (decision.outcome === 'refused') throw new Error(`refused: ${decision.refusal.code}`)
            look(fold(decider, decision.events, state))
          },
        }
      },
    }
  }
