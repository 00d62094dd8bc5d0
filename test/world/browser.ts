import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'

const CHROMIUM = process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium'
export const hasChromium = existsSync(CHROMIUM)

const MICROPHONE_RATE = 48_000

/** A minute of a sine at −12 dBFS: what the agent "says", so that the far end can be measured. */
const microphoneTone = (hz: number): Buffer => {
  const samples = MICROPHONE_RATE * 60
  const wav = Buffer.alloc(44 + samples * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + samples * 2, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(MICROPHONE_RATE, 24)
  wav.writeUInt32LE(MICROPHONE_RATE * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples * 2, 40)
  for (let i = 0; i < samples; i += 1) {
    wav.writeInt16LE(Math.round(8192 * Math.sin((2 * Math.PI * hz * i) / MICROPHONE_RATE)), 44 + i * 2)
  }
  return wav
}

export type AgentsBrowser = AsyncDisposable & { readonly context: BrowserContext }

/** Headless Chromium whose microphone plays a tone of `microphoneHz`. One browser profile for each call: nothing is shared. */
export const openBrowser = async (
  options: {
    readonly microphoneHz?: number
    readonly viewport?: { readonly width: number; readonly height: number }
    readonly colorScheme?: 'light' | 'dark'
    readonly locale?: string
  } = {},
): Promise<AgentsBrowser> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-browser-'))
  const tone = join(folder, 'microphone.wav')
  await writeFile(tone, microphoneTone(options.microphoneHz ?? 440))
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: CHROMIUM,
    headless: true,
    viewport: options.viewport ?? { width: 1440, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
    locale: options.locale ?? 'en-GB',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${tone}`,
      '--autoplay-policy=no-user-gesture-required',
      // Without it Chromium hides its loopback address behind a multicast name that nobody here resolves.
      '--disable-features=WebRtcHideLocalIpsWithMdns',
    ],
  })
  context.setDefaultTimeout(30_000)
  return {
    context,
    [Symbol.asyncDispose]: async () => {
      await context.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
