import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type SippRun = {
  /** A file of `scenarios/`, or one of SIPp's own as `builtin:uac`. */
  readonly scenario: string
  /** Whom it calls; absent: it waits for calls. */
  readonly target?: { readonly address: string; readonly port: number }
  readonly calls: number
  /** SIPp's `-t`: `u1` UDP (default), `t1` one TCP connection for all calls, `tn` one for each. */
  readonly transport?: 'u1' | 't1' | 'tn'
  /** Calls begun each second. Default 50. */
  readonly rate?: number
  /** Calls at once. Default: no limit of ours. */
  readonly atOnce?: number
}

export type SippOutcome = {
  /** 0: every call went as the scenario says. */
  readonly exitCode: number | null
  /** What SIPp found wrong; empty when nothing. */
  readonly errors: string
}

export type Sipp = { readonly port: number; readonly done: Promise<SippOutcome> }

const TIMEOUT_SECONDS = 50

/** A free UDP port of the loopback interface; somebody else may take it before it is used. */
export const freePort = async (): Promise<number> => {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return port
}

/** Starts the real SIPp at `binary` on the loopback interface, in a folder of its own that is gone when it is done. */
export const startSipp = async (binary: string, run: SippRun): Promise<Sipp> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-sipp-'))
  const port = await freePort()
  const scenario = run.scenario.startsWith('builtin:')
    ? ['-sn', run.scenario.slice('builtin:'.length)]
    : ['-sf', join(import.meta.dirname, 'scenarios', run.scenario)]
  const parameters = [
    ...(run.target === undefined ? [] : [`${run.target.address}:${run.target.port}`, '-s', '+39021234']),
    ...scenario,
    ...['-i', '127.0.0.1', '-p', String(port), '-m', String(run.calls), '-r', String(run.rate ?? 50)],
    ...(run.atOnce === undefined ? [] : ['-l', String(run.atOnce)]),
    ...['-t', run.transport ?? 'u1', '-max_socket', '1000'],
    ...['-nostdin', '-trace_err', '-timeout', `${TIMEOUT_SECONDS}s`, '-timeout_error'],
  ]
  const child = spawn(binary, parameters, { cwd: folder, stdio: 'ignore' })
  const done = new Promise<SippOutcome>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (exitCode) => {
      collect(folder).then((errors) => resolve({ exitCode, errors }), reject)
    })
  })
  return { port, done }
}

const collect = async (folder: string): Promise<string> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('_errors.log'))
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  await rm(folder, { recursive: true, force: true })
  return texts.join('\n').slice(0, 4000)
}
