import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, openBrowser } from '../world/browser.ts'
import { dial } from '../world/caller.ts'
import { DEMO_PASSWORD, openDesk } from '../world/desk.ts'
import { eventually } from '../world/eventually.ts'
import { signIn } from '../world/graphql.ts'
import { type HubProcess, startHub } from '../world/hub-process.ts'
import { faultsOf } from './inspect.ts'

const LOCALES = ['en', 'it', 'pl'] as const

/** What each role may open, besides the desk. */
const PLACES = [
  ['elena@linfa.example', ['board', 'customers']],
  ['matteo@linfa.example', ['customers']],
  ['nadia@linfa.example', ['board', 'replay']],
  ['admin@linfa.example', ['board', 'people', 'queues']],
] as const

describe.skipIf(!hasChromium && !process.env['CI'])('the console of a running hub (needs Chromium)', () => {
  let hub: HubProcess
  beforeAll(async () => {
    hub = await startHub()
  })
  afterAll(async () => {
    await hub?.[Symbol.asyncDispose]()
  })

  it('is readable for all while an agent signs in, is offered a call, talks, holds and wraps up', async () => {
    await using outside = await openBrowser()
    const page = await outside.context.newPage()
    for (const locale of LOCALES) {
      await page.goto(`${hub.url}/${locale}/sign-in/`)
      await page.getByRole('button', { name: /./ }).first().waitFor()
      expect(await faultsOf(page)).toEqual([])
    }

    await using desk = await openDesk(hub.url, 'sofia@linfa.example', { microphoneHz: 440 })
    await desk.callBar.getByRole('button', { name: 'Be ready' }).waitFor()
    expect(await faultsOf(desk.page)).toEqual([])
    await desk.beReady()
    await using caller = await dial(hub, { number: '+39065550142' })
    await desk.callBar.getByRole('button', { name: /^Answer/ }).waitFor()
    await desk.customer.getByRole('heading', { name: 'Giulia Ferrante' }).waitFor()
    // The offer stands for 20 s; all four ways take less, but not on every machine.
    await desk.answer()
    await caller.hearsTone(440)
    expect(await faultsOf(desk.page)).toEqual([])
    await desk.callBar.getByRole('button', { name: /^Hold/ }).click()
    await desk.callBar.getByRole('button', { name: /^Resume/ }).waitFor()
    expect(await faultsOf(desk.page)).toEqual([])
    caller.call.hangUp()
    await desk.page.getByRole('region', { name: 'Wrap-up', exact: true }).waitFor()
    expect(await faultsOf(desk.page)).toEqual([])
    await desk.wrapUp('Solved', '')
  })

  it.each(PLACES)('is readable for all in three languages where %s works: %j', async (email, places) => {
    const { cookie } = await signIn(hub.url, email)
    const [name = '', value = ''] = cookie.split('=')
    await using browser = await openBrowser()
    await browser.context.addCookies([{ name, value, url: hub.url }])
    const page = await browser.context.newPage()
    const faults: string[] = []
    for (const locale of LOCALES) {
      for (const place of places) {
        await page.goto(`${hub.url}/${locale}/${place}/`)
        await page.getByRole('main').getByRole('heading').first().waitFor()
        // Whatever is still being asked for shows a skeleton.
        await page.locator('.skel').first().waitFor({ state: 'detached' })
        faults.push(...(await faultsOf(page)))
      }
    }
    expect(faults).toEqual([])
  })

  it('is worked by keys alone: signed in, ready, answered, held, noted, hung up, wrapped up', async () => {
    await using browser = await openBrowser({ microphoneHz: 440 })
    const page = browser.context.pages()[0] ?? (await browser.context.newPage())
    const { keyboard } = page
    await page.goto(hub.url)
    // The first field has the focus already.
    await page.getByLabel('Work e-mail').waitFor()
    await keyboard.type('luca@linfa.example')
    await keyboard.press('Tab')
    await keyboard.type(DEMO_PASSWORD)
    await keyboard.press('Enter')
    await page.waitForURL(/desktop/)
    const bar = page.getByRole('region', { name: 'Call bar' })
    await bar.getByRole('button', { name: 'Be ready' }).waitFor()
    await keyboard.press('Alt+r')
    await using caller = await dial(hub, { number: '+390655501199' })
    await bar.getByRole('button', { name: /^Answer/ }).waitFor()
    await keyboard.press('Alt+a')
    await caller.hearsTone(440)
    await keyboard.press('Alt+h')
    await caller.hearsMusicNot(440)
    await keyboard.press('Alt+h')
    await caller.hearsTone(440)
    await keyboard.press('Alt+o')
    await keyboard.type('Called about the meter.')
    await keyboard.press('Alt+x')
    await keyboard.press('Alt+x')
    await caller.call.ended
    const wrapUp = page.getByRole('region', { name: 'Wrap-up', exact: true })
    const solved = wrapUp.getByRole('radio', { name: 'Solved' })
    await wrapUp.waitFor()
    // Nothing chosen yet: the key leads to the outcomes, as soon as the page knows that the call is over.
    await eventually(
      'the first outcome has the focus',
      async () => {
        await keyboard.press('Alt+w')
        return solved.evaluate((radio) => radio === document.activeElement)
      },
      (hasFocus) => hasFocus,
    )
    await keyboard.press('ArrowDown')
    await keyboard.press('Alt+w')
    await wrapUp.waitFor({ state: 'hidden' })
    await page.getByText('Called about the meter.').first().waitFor()
    await bar.getByText('Ready', { exact: true }).filter({ visible: true }).first().waitFor()
  })
})
