import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../apps/api/src/main.ts', import.meta.url))
const READY_WITHIN_MS = 60_000
const STOPPED_WITHIN_MS = 20_000

export type HubProcess = AsyncDisposable & {
  readonly url: string
  readonly sip: { readonly address: string; readonly port: number }
  readonly dataDir: string
  /** Everything that the hub printed so far. */
  output(): string
  /** Ends the process by a signal and waits for it; the data folder stays. */
  kill(signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT'): Promise<number | null>
  /** Starts it again on the same data and the same ports. */
  restart(): Promise<void>
}

type HubFile = {
  readonly http: { address: string; port: number }
  readonly sip: { address: string; port: number }
}

/** Runs the real hub as a stranger would, on a data folder and ports of its own; demo mode unless `env` says otherwise. */
export const startHub = async (env: Readonly<Record<string, string>> = {}): Promise<HubProcess> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'centralino-hub-'))
  let printed = ''
  let ports = { http: '0', sip: '0' }
  let child: ChildProcess | null = null

  const start = async (): Promise<HubFile> => {
    const file = join(dataDir, 'hub.json')
    await rm(file, { force: true })
    const started = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        HUB_MODE: 'demo',
        HUB_DATA_DIR: dataDir,
        HUB_HTTP_PORT: ports.http,
        HUB_SIP_PORT: ports.sip,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        printed += text
      })
    }
    const giveUpAt = Date.now() + READY_WITHIN_MS
    while (!existsSync(file)) {
      if (started.exitCode !== null)
        throw new Error(`the hub ended with ${started.exitCode} before it was ready:\n${printed}`)
      if (Date.now() > giveUpAt) {
        // Nobody gets a handle on it any more.
        started.kill('SIGKILL')
        throw new Error(`the hub was not ready within ${READY_WITHIN_MS} ms:\n${printed}`)
      }
      await delay(50)
    }
    const hub: HubFile = JSON.parse(await readFile(file, 'utf8'))
    ports = { http: String(hub.http.port), sip: String(hub.sip.port) }
    return hub
  }

  const kill = async (signal: 'SIGTERM' | 'SIGKILL' | 'SIGINT'): Promise<number | null> => {
    const running = child
    if (running === null || running.exitCode !== null || running.signalCode !== null)
      return running?.exitCode ?? null
    const ended = new Promise<number | null>((resolve) => running.once('exit', (code) => resolve(code)))
    running.kill(signal)
    const tooLate = setTimeout(() => running.kill('SIGKILL'), STOPPED_WITHIN_MS)
    const code = await ended
    clearTimeout(tooLate)
    return code
  }

  const hub = await start()
  return {
    url: `http://${hub.http.address}:${hub.http.port}`,
    sip: hub.sip,
    dataDir,
    output: () => printed,
    kill,
    restart: async () => {
      await start()
    },
    [Symbol.asyncDispose]: async () => {
      await kill('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
