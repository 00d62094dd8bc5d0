import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

/** The environment with the checkout's own tools, Node 26 among them, first on the path. */
export const toolEnvironment = (extra = {}) => ({
  ...process.env,
  PATH: `${join(ROOT, 'node_modules', '.bin')}:${process.env.PATH}`,
  ...extra,
})

/**
 * Runs a command and resolves with its exit code; its output goes to the terminal, or to `log` when given.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>, log?: string}} [options]
 * @returns {Promise<number>}
 */
export const run = (command, args, { cwd = ROOT, env = toolEnvironment(), log } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: log === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    if (log !== undefined) {
      const file = createWriteStream(log)
      child.stdout?.pipe(file, { end: false })
      child.stderr?.pipe(file, { end: false })
      child.once('close', () => file.end())
    }
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })

/**
 * Runs a long-lived child in the foreground and ends with its code. Signals are passed on; a terminal's Ctrl-C reaches the
 * child by itself too, which takes two of them in the same moment for one.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string | undefined>} [env]
 * @returns {Promise<number>}
 */
export const foreground = (command, args, env = toolEnvironment()) => {
  const child = spawn(command, args, { cwd: ROOT, env, stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })
}
