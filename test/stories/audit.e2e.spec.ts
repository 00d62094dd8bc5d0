import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf } from '../accessibility/inspect.ts'
import { hasChromium, openBrowser } from '../world/browser.ts'
import { dial } from '../world/caller.ts'
import { openDesk } from '../world/desk.ts'
import { signIn } from '../world/graphql.ts'
import { type HubProcess, startHub } from '../world/hub-process.ts'

const REASON = 'Complaint about the call of today'

const openDay = async (page: Page): Promise<void> => {
  await page.getByLabel('Reason').fill(REASON)
  await page.getByRole('button', { name: 'Open the day' }).click()
  await page.getByRole('heading', { name: 'The floor as it stood' }).waitFor()
}

describe.skipIf(!hasChromium && !process.env['CI'])(
  'the past (needs Chromium: apt-get install chromium)',
  () => {
    let hub: HubProcess
    beforeAll(async () => {
      hub = await startHub()
    })
    afterAll(async () => {
      await hub?.[Symbol.asyncDispose]()
    })

    it('is opened with a reason, stepped through to a decision, shared, and who looked is on record', async () => {
      await using desk = await openDesk(hub.url, 'sofia@linfa.example', { microphoneHz: 440 })
      await desk.beReady()
      await using caller = await dial(hub, { number: '+39065550142' })
      await desk.answer()
      await caller.hearsTone(440)
      caller.call.hangUp()
      await desk.wrapUp('Solved', 'Refund is on its way.')

      const session = await signIn(hub.url, 'nadia@linfa.example')
      const [name = '', value = ''] = session.cookie.split('=')
      await using browser = await openBrowser()
      await browser.context.addCookies([{ name, value, url: hub.url }])
      const page = await browser.context.newPage()
      await page.goto(`${hub.url}/en/replay/`)
      // Without a reason nobody looks.
      await page.getByRole('button', { name: 'Open the day' }).click()
      await page.getByText('Say in a few words why you look').waitFor()
      await openDay(page)

      const board = page.getByRole('region', { name: 'Board at this moment' })
      const event = page.getByRole('region', { name: 'This event' })
      await board.getByRole('heading', { name: /^Board at/ }).waitFor()
      await page.keyboard.press('Shift+ArrowLeft')
      await event.getByText('Decided again from the log: the same answer.').waitFor()
      await event.getByRole('region', { name: /Sofia Marchetti/ }).waitFor()
      const reserved = board.locator('.st-reserved')
      await reserved.first().waitFor()
      const moment = new URL(page.url())
      expect(moment.searchParams.get('at')).not.toBeNull()
      expect(await faultsOf(page)).toEqual([])

      // One step before it she was ready, and the call waited.
      await page.keyboard.press('ArrowLeft')
      await event.getByText('Decided again from the log: the same answer.').waitFor({ state: 'hidden' })
      await board.getByRole('region', { name: 'What Sofia Marchetti saw' }).getByText('Ready').waitFor()
      await page.keyboard.press('ArrowRight')
      await event.getByText('Decided again from the log: the same answer.').waitFor()
      await event.getByRole('button', { name: 'Customer as they stood' }).click()
      await page.getByRole('dialog').getByRole('heading', { name: 'Giulia Ferrante' }).first().waitFor()
      expect(await page.getByRole('dialog').getByText('Refund is on its way.').count()).toBe(0)
      await page.keyboard.press('Escape')
      // A focused button has the space bar to itself.
      await page.getByRole('heading', { name: 'The floor as it stood' }).click()

      await page.keyboard.press('v')
      await page.getByText('Log whole').first().waitFor()
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: 'Pause' }).waitFor()
      await page.keyboard.press('Space')

      // The link leads another auditor's browser to the very moment, for a reason of their own.
      await using other = await openBrowser()
      await other.context.addCookies([{ name, value, url: hub.url }])
      const shared = await other.context.newPage()
      await shared.goto(moment.href)
      await shared.getByText('The link leads to one moment of this day.').waitFor()
      await openDay(shared)
      await shared.getByText('Decided again from the log: the same answer.').waitFor()

      type Records = {
        replays: {
          edges: {
            node: {
              auditorName: string
              reason: string
              looks: { what: string; customerName: string | null }[]
            }
          }[]
        }
      }
      const { replays } = await session.ask<Records>(
        '{ replays(first: 5) { edges { node { auditorName reason looks { what customerName } } } } }',
      )
      const records = replays.edges.map(({ node }) => node)
      expect(records.map(({ auditorName, reason }) => [auditorName, reason])).toEqual([
        ['Nadia Conti', REASON],
        ['Nadia Conti', REASON],
      ])
      const looks = records[1]?.looks ?? []
      for (const what of ['BOARD', 'DESK', 'DECISION', 'CUSTOMER', 'EVENTS'])
        expect(looks.map((look) => look.what)).toContain(what)
      expect(looks).toContainEqual({ what: 'CUSTOMER', customerName: 'Giulia Ferrante' })
    })
  },
)
