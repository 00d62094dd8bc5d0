import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeTone, writeWav } from '@centralino/telephony/testing'
import { type BrowserContext, chromium } from 'playwright-core'

const CHROMIUM = process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium'
export const hasChromium = existsSync(CHROMIUM)

const MICROPHONE_RATE = 48_000

/** A minute of a tone: what the agent "says", so that the far end can be measured. */
const microphoneTone = (hertz: number): Uint8Array =>
  writeWav({ sampleRate: MICROPHONE_RATE, samples: makeTone(hertz, 60, -15, MICROPHONE_RATE) })

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
