/** One line for each step of the set-up, so that a first run never looks stuck. */

const started = Date.now()
const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`

/** @param {string} text */
export const say = (text) => process.stdout.write(`${text}\n`)

/**
 * Runs a step; prints a line when it begins and, where it took over a second, when it ends.
 * @template T
 * @param {string} what
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export const step = async (what, work) => {
  const begun = Date.now()
  say(`· ${what}`)
  const ticker = setInterval(() => say(`  still at it, ${seconds()} since the start`), 30_000)
  try {
    return await work()
  } finally {
    clearInterval(ticker)
    const took = Date.now() - begun
    if (took > 1000) say(`  done in ${(took / 1000).toFixed(1)} s`)
  }
}

/** An error for the person at the keyboard: what is wrong and what to do, no stack. */
export class SetupError extends Error {}

/**
 * Runs `main` and turns a failure into a plain line and exit code 1.
 * @param {() => Promise<number | void>} main
 */
export const runMain = async (main) => {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`\n${error.message}\n`)
    process.exitCode = 1
  }
}
