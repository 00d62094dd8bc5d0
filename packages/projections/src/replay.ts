/** What replays the log folds in the calling thread; it is loaded when called, so that a hub that never replays never loads it. */

export const buildBeside: typeof import('./rebuild/build-beside.ts').buildBeside = async (options) =>
  (await import('./rebuild/build-beside.ts')).buildBeside(options)

export const replayAndCompare: typeof import('./rebuild/replay-and-compare.ts').replayAndCompare = async (
  options,
) => (await import('./rebuild/replay-and-compare.ts')).replayAndCompare(options)

export const stateAsOf: typeof import('./as-of/state-as-of.ts').stateAsOf = async (options) =>
  (await import('./as-of/state-as-of.ts')).stateAsOf(options)
