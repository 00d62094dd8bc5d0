import type { StateFile } from '../state-file.ts'

/** A state file in memory: hand the same one to two runs and it has survived the first. */
export const stateInMemory = <T>(initial: T | null = null): StateFile<T> => {
  let held = initial
  return {
    load: async () => structuredClone(held),
    save: async (value) => {
      held = structuredClone(value)
    },
  }
}
