import type { Locator, Page } from 'playwright-core'
import { type AgentsBrowser, openBrowser } from './browser.ts'

export const DEMO_PASSWORD = 'linfa-demo'

export type Desk = AsyncDisposable & {
  readonly page: Page
  readonly callBar: Locator
  readonly customer: Locator
  /** Signed in, with a line, on break until now. */
  beReady(): Promise<void>
  answer(): Promise<void>
  /** Frequency and level of what comes out of the page's loudspeaker: the strongest of the last second. */
  hears(): Promise<{ readonly hertz: number; readonly decibels: number }>
  wrapUp(outcome: string, note: string): Promise<void>
  /** The browser is gone at once, as when its machine loses power. */
  vanish(): Promise<void>
}

const measureLoudspeaker = (page: Page) =>
  page.evaluate(async () => {
    const streams = [...document.querySelectorAll('audio')].map((audio) => audio.srcObject)
    const stream = streams.find((source) => source instanceof MediaStream)
    if (!(stream instanceof MediaStream)) return { hertz: 0, decibels: Number.NEGATIVE_INFINITY }
    const context = new AudioContext()
    await context.resume()
    const analyser = context.createAnalyser()
    analyser.fftSize = 8192
    context.createMediaStreamSource(stream).connect(analyser)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const levels = new Float32Array(analyser.frequencyBinCount)
    analyser.getFloatFrequencyData(levels)
    const strongest = levels.reduce((best, level, bin) => (level > (levels[best] ?? 0) ? bin : best), 1)
    const hertz = (strongest * context.sampleRate) / 8192
    await context.close()
    return { hertz, decibels: levels[strongest] ?? Number.NEGATIVE_INFINITY }
  })

/** Signs a demo agent in to the console and waits for the desk. */
export const openDesk = async (
  url: string,
  email: string,
  options: Parameters<typeof openBrowser>[0] = {},
): Promise<Desk> => {
  const browser: AgentsBrowser = await openBrowser(options)
  const page = browser.context.pages()[0] ?? (await browser.context.newPage())
  let open = true
  await page.goto(url)
  await page.getByLabel('Work e-mail').fill(email)
  await page.getByLabel('Password').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/desktop/)
  const callBar = page.getByRole('region', { name: 'Call bar' })
  const close = async () => {
    if (!open) return
    open = false
    await browser[Symbol.asyncDispose]()
  }
  return {
    page,
    callBar,
    customer: page.getByRole('complementary', { name: 'Customer' }),
    beReady: async () => {
      // Who signs in again at once is ready still.
      const ready = callBar.getByText('Ready', { exact: true }).filter({ visible: true }).first()
      const button = callBar.getByRole('button', { name: 'Be ready' })
      await ready.or(button).first().waitFor()
      if (await button.isVisible()) await button.click()
      // Not "until ready": what waits is offered in the same moment.
      await button.waitFor({ state: 'hidden' })
    },
    answer: async () => {
      await callBar.getByRole('button', { name: /^(Answer|Take)/ }).click()
    },
    hears: () => measureLoudspeaker(page),
    wrapUp: async (outcome, note) => {
      const wrapUp = page.getByRole('region', { name: 'Wrap-up', exact: true })
      if (note !== '') await page.getByRole('textbox', { name: 'Notes' }).fill(note)
      await wrapUp.getByText(outcome, { exact: true }).click()
      await wrapUp.getByRole('button', { name: /^Finish wrap-up/ }).click()
      await wrapUp.waitFor({ state: 'hidden' })
    },
    vanish: close,
    [Symbol.asyncDispose]: close,
  }
}
