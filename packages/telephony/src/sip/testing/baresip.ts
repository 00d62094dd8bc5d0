import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './sipp.ts'

/** A real phone without sound card or screen: answers by itself, does what `command` says. */
export type Baresip = AsyncDisposable & {
  readonly sipPort: number
  /** Its own folder; with `records`, what it said and heard lies there as `dump-*-enc.wav` and `dump-*-dec.wav`. */
  readonly folder: string
  /** A command of its menu: `dial`, `hold`, `resume`, `hangup` … */
  command(command: string, parameters?: string): void
}

export type BaresipOptions = {
  /** User part of its address: the number it calls from. Default `phone`. */
  readonly user?: string
  /** A WAV file that it says in its calls; absent: silence of its own making. */
  readonly says?: string
  readonly records?: boolean
  /** TLS: a PEM file with its certificate and key, and one of whom it believes. */
  readonly tls?: { readonly certificateFile: string; readonly authoritiesFile: string }
  /** What it calls over where nothing else is said. Default UDP. */
  readonly transport?: 'udp' | 'tcp' | 'tls'
}

/** Starts the baresip at `binary` on the loopback interface; resolves when it listens. */
export const startBaresip = async (binary: string, options: BaresipOptions = {}): Promise<Baresip> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-baresip-'))
  const sipPort = await freePort()
  const controlPort = await freePort()
  const config = [
    'poll_method epoll',
    `sip_listen 127.0.0.1:${sipPort}`,
    options.says === undefined ? 'audio_source aubridge,play' : `audio_source aufile,${options.says}`,
    'audio_player aubridge,play',
    'audio_alert aubridge,alert',
    'audio_level no',
    'net_interface 127.0.0.1',
    'module_path /usr/lib/baresip/modules',
    `snd_path ${folder}`,
    ...['g711', 'aubridge', 'aufile', ...(options.records === true ? ['sndfile'] : [])].map(
      (name) => `module ${name}.so`,
    ),
    ...(options.tls === undefined
      ? []
      : [
          `sip_certificate ${options.tls.certificateFile}`,
          `sip_cafile ${options.tls.authoritiesFile}`,
          'sip_verify_server yes',
        ]),
    'module_tmp uuid.so',
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
  ]
  await writeFile(join(folder, 'config'), `${config.join('\n')}\n`)
  const account = `<sip:${options.user ?? 'phone'}@127.0.0.1:${sipPort};transport=${options.transport ?? 'udp'}>;regint=0;answermode=auto;audio_codecs=pcma,pcmu`
  await writeFile(join(folder, 'accounts'), `${account}\n`)
  await writeFile(join(folder, 'contacts'), '')
  const child = spawn(binary, ['-f', folder], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
  const control = await connected(controlPort)
  control.resume()

  return {
    sipPort,
    folder,
    command: (command, parameters = '') => {
      const frame = JSON.stringify({ command, params: parameters, token: 'test' })
      // A netstring.
      control.write(`${Buffer.byteLength(frame)}:${frame},`)
    },
    [Symbol.asyncDispose]: async () => {
      control.destroy()
      // It takes its time over SIGTERM; nothing of it is worth waiting for.
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const TRIES = 100

const connected = async (port: number): Promise<Socket> => {
  for (let tries = 1; ; tries++) {
    try {
      return await new Promise<Socket>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => resolve(socket))
        socket.once('error', reject)
      })
    } catch (error) {
      if (tries === TRIES) throw error
      await sleep(100)
    }
  }
}
