import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { EdgeConfig } from '../edge-contract/edge-config.ts'
import type { EdgeLog } from '../edge-contract/edge-log.ts'
import { createLineCutter } from '../edge-contract/frame-lines.ts'
import { type EdgeStartFailure, edgeStartFailure } from '../edge-contract/start-failure.ts'

const MAIN = fileURLToPath(new URL('../edge/main.ts', import.meta.url))
/** What the edge needs of the hub's environment; no secrets. */
const ENVIRONMENT = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'MEDIASOUP_WORKER_BIN', 'NODE_COMPILE_CACHE']

/** The last lines of a process may be read after its end is told. */
const LAST_WORDS_MILLISECONDS = 500

/**
 * The edge as a child process, in a process group of its own: a Ctrl-C at the terminal is the hub's affair, and a
 * killed hub takes no call with it.
 */
export class EdgeProcess {
  readonly #child: ChildProcess
  readonly #end = Promise.withResolvers<void>()
  #exited: string | null = null
  #lastError: string | null = null
  #startFailure: EdgeStartFailure | null = null

  constructor(config: EdgeConfig, log: EdgeLog) {
    const environment = Object.fromEntries(
      ENVIRONMENT.flatMap((name) => {
        const value = process.env[name]
        return value === undefined ? [] : [[name, value]]
      }),
    )
    this.#child = spawn(process.execPath, [MAIN], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environment, CENTRALINO_EDGE_CONFIG: JSON.stringify(config) },
    })
    const ended = (how: string): void => {
      this.#exited ??= how
      this.#end.resolve()
    }
    this.#child.on('error', (error) => ended(error.message))
    this.#child.on('exit', (code, signal) => {
      log.info({ edge: this.#child.pid, code, signal }, 'the voice edge has ended')
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`
      const enough = setTimeout(() => ended(how), LAST_WORDS_MILLISECONDS)
      this.#child.once('close', () => {
        clearTimeout(enough)
        ended(how)
      })
    })
    const cutters = { stdout: createLineCutter(), stderr: createLineCutter() }
    for (const stream of ['stdout', 'stderr'] as const) {
      this.#child[stream]?.on('data', (chunk: Buffer) => {
        try {
          for (const line of cutters[stream](chunk)) this.#logLine(line, log)
        } catch {
          cutters[stream] = createLineCutter()
        }
      })
    }
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** How it ended, with the last error it logged; null while it lives. */
  get ended(): string | null {
    if (this.#exited === null) return null
    return this.#lastError === null ? this.#exited : `${this.#exited}: ${this.#lastError}`
  }

  /** Why it could not start, where it named a cause. */
  get startFailure(): EdgeStartFailure | null {
    return this.#startFailure
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (this.#exited === null) this.#child.kill(signal)
  }

  /** Resolves true when it has ended, false after `milliseconds`. */
  async waitForEnd(milliseconds: number): Promise<boolean> {
    const timeUp = Promise.withResolvers<boolean>()
    const timer = setTimeout(() => timeUp.resolve(false), milliseconds)
    const result = await Promise.race([this.#end.promise.then(() => true), timeUp.promise])
    clearTimeout(timer)
    return result
  }

  #logLine(line: string, log: EdgeLog): void {
    const entry = parse(line)
    if (entry === null) {
      log.warn({ edge: this.#child.pid, line: line.slice(0, 2_000) }, 'the voice edge said')
      return
    }
    const { level, msg, time: _time, ...data } = entry
    const known = level === 'debug' || level === 'info' || level === 'warn' ? level : 'error'
    if (known === 'error') {
      this.#lastError = errorTextOf(data) ?? msg
      this.#startFailure = edgeStartFailure.safeParse(data['startFailure']).data ?? this.#startFailure
    }
    log[known]({ edge: this.#child.pid, ...data }, msg)
  }
}

const parse = (line: string): ({ level: unknown; msg: string } & Record<string, unknown>) | null => {
  try {
    const entry: unknown = JSON.parse(line)
    if (typeof entry !== 'object' || entry === null || !('msg' in entry) || typeof entry.msg !== 'string')
      return null
    return { level: 'error', ...entry, msg: entry.msg }
  } catch {
    return null
  }
}

const errorTextOf = ({ error }: { error?: unknown }): string | null =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
    ? error.message
    : null
