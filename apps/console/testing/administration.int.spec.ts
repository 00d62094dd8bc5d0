import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { axe } from './axe.ts'
import { hasChromium, PHONE, visit, WIDE } from './console-browser.ts'
import { cutOffTexts } from './cut-off.ts'
import { focusedName, tabTo } from './keys.ts'
import type { Scenario } from './mock-hub/scenarios.ts'
import { useConsole } from './use-console.ts'
import { WAYS } from './ways.ts'

type Layer = { readonly path: string; readonly open: (page: Page) => Promise<void> }

const menuOf = (name: string, item: number) => async (page: Page) => {
  await page.locator('.rows tr', { hasText: name }).locator('.row-act button').click()
  await page.getByRole('menuitem').nth(item).click()
  await page.getByRole('alertdialog').waitFor()
}
const addPerson = async (page: Page) => {
  await page.locator('.sheet-head .btn').click()
  await page.getByRole('dialog').waitFor()
}

/** By position rather than by words, so that they open in every language. */
const LAYERS: Readonly<Record<string, Layer>> = {
  'the form of a new person, with what is missing': {
    path: '/people/',
    open: async (page) => {
      await addPerson(page)
      await page.locator('[type=submit]').click()
      await page.locator('.field-error').waitFor()
    },
  },
  'the form of a person': {
    path: '/people/',
    open: async (page) => {
      await page.locator('.rows .link').first().click()
      await page.getByRole('dialog').waitFor()
    },
  },
  'the one-time password': {
    path: '/people/',
    open: async (page) => {
      await addPerson(page)
      await page.keyboard.type('Konstantin Papadopoulos-Wiśniewski')
      await page.keyboard.press('Tab')
      await page.keyboard.type('konstantin.papadopoulos-wisniewski@linfa.example')
      await page.keyboard.press('Enter')
      await page.locator('.secret').waitFor()
    },
  },
  'the question before a new password': { path: '/people/', open: menuOf('Davide Conti', 1) },
  'the question before somebody is removed': { path: '/people/', open: menuOf('Davide Conti', 2) },
  'the form of a queue': {
    path: '/queues/',
    open: async (page) => {
      await page.locator('.rows .link').first().click()
      await page.getByRole('dialog').waitFor()
    },
  },
}

describe.skipIf(!hasChromium && !process.env['CI'])(
  'the administration (needs Chromium: apt-get install chromium)',
  () => {
    const at = useConsole()
    const see = (scenario: Scenario, path: string, way: Parameters<typeof visit>[2] = {}) => {
      at.hub.show(scenario, 'ADMIN')
      return visit(at.browser, `${at.hub.origin}${path}`, way)
    }

    describe.each(WAYS)('$viewport.width wide, $colorScheme', (way) => {
      test.each(Object.entries(LAYERS))('shows %s whole, and readable for all', async (_name, layer) => {
        await using seen = await see('idle', `/en${layer.path}`, way)
        await layer.open(seen.page)
        expect(await cutOffTexts(seen.page)).toEqual([])
        expect(await axe(seen.page)).toEqual([])
        expect(seen.complaints).toEqual([])
      })
    })

    test.each(['it', 'pl'])('has room for longer words in %s', async (locale) => {
      for (const viewport of [WIDE, PHONE]) {
        for (const scenario of ['idle', 'firstDay'] as const) {
          for (const path of ['/people/', '/queues/']) {
            await using seen = await see(scenario, `/${locale}${path}`, { viewport })
            await seen.page.getByRole('heading', { level: 1 }).waitFor()
            expect([scenario, path, await cutOffTexts(seen.page)]).toEqual([scenario, path, []])
          }
        }
        for (const [name, { path, open }] of Object.entries(LAYERS)) {
          await using seen = await see('idle', `/${locale}${path}`, { viewport })
          await open(seen.page)
          expect([name, await cutOffTexts(seen.page)]).toEqual([name, []])
        }
      }
    })

    test('an agent is added by keys alone, and the password is told once', async () => {
      await using seen = await see('idle', '/en/queues/')
      const { page } = seen
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.getByRole('heading', { name: 'Queues' }).waitFor()
      await page.keyboard.press('g')
      await page.keyboard.press('p')
      await page.getByRole('heading', { name: 'People' }).waitFor()
      await tabTo(page, 'Add person')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: 'Add a person' }).waitFor()
      expect(await focusedName(page)).toBe('Name')
      await page.keyboard.type('Giorgio Ferri')
      await tabTo(page, 'Work e-mail')
      await page.keyboard.type('giorgio@linfa.example')
      await tabTo(page, 'Italian')
      await page.keyboard.press('Space')
      await tabTo(page, 'Another skill')
      await page.keyboard.type('Second level')
      await page.keyboard.press('Enter')
      await page.getByRole('checkbox', { name: 'Second level', checked: true }).waitFor()
      await tabTo(page, 'Add person')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: 'One-time password for Giorgio Ferri' }).waitFor()
      expect(await focusedName(page)).toBe('Copy password')
      await page.keyboard.press('Enter')
      await page.getByText('Copied.').waitFor()
      const shown = await page.locator('.secret').textContent()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown)
      await tabTo(page, 'Done')
      await page.keyboard.press('Enter')
      await page.getByRole('row', { name: /Giorgio Ferri.*not used yet.*Italian and Second level/ }).waitFor()
      expect(await page.content()).not.toContain(shown)
    })

    test('a refusal is a sentence at its field, which has the focus', async () => {
      await using seen = await see('idle', '/en/people/')
      const { page } = seen
      await addPerson(page)
      await page.keyboard.type('Sofia Marchetti')
      await page.keyboard.press('Tab')
      await page.keyboard.type('sofia.marchetti@linfa.example')
      await page.keyboard.press('Enter')
      await page.getByText('Somebody signs in with this e-mail address already.').waitFor()
      expect(await focusedName(page)).toBe('Work e-mail')
      expect(await page.locator('input:focus').getAttribute('aria-invalid')).toBe('true')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await expect.poll(() => focusedName(page)).toBe('Add person')
    })

    test('who is removed is gone by keys alone, and the focus goes on at the head of the page', async () => {
      await using seen = await see('idle', '/en/people/')
      const { page } = seen
      await page.getByText('Davide Conti').waitFor()
      await tabTo(page, 'Actions for Davide Conti')
      await page.keyboard.press('Enter')
      await page.getByRole('menuitem', { name: 'Remove…' }).waitFor()
      await page.keyboard.press('End')
      await page.keyboard.press('Enter')
      await page.getByRole('alertdialog', { name: 'Remove Davide Conti?' }).waitFor()
      await page.getByText('A call in hand goes back to the head of its queue, with music.').waitFor()
      expect(await focusedName(page)).toBe('Cancel')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Davide Conti', exact: true }).waitFor({ state: 'hidden' })
      await expect.poll(() => focusedName(page)).toBe('People')
      await page.getByTestId('announcements').getByText('Davide Conti is removed.').waitFor()
    })

    test('nobody removes themselves or takes their own role away', async () => {
      await using seen = await see('idle', '/en/people/')
      const { page } = seen
      await page.getByRole('button', { name: 'Actions for Chiara Greco' }).click()
      await page.getByRole('menuitem', { name: 'Edit' }).waitFor()
      expect(await page.getByRole('menuitem').count()).toBe(1)
      await page.getByRole('menuitem').click()
      await page.getByText('Your own role is changed by another administrator.').waitFor()
      expect(await page.getByRole('button', { name: /Administrator/ }).isDisabled()).toBe(true)
    })

    test('the first day leads to the first queue and to the first agent', async () => {
      await using seen = await see('firstDay', '/en/')
      const { page } = seen
      await page.waitForURL(/people/)
      await page.getByRole('button', { name: 'Add the first agent' }).waitFor()
      await tabTo(page, 'Go to the queues')
      await page.keyboard.press('Enter')
      await page.waitForURL(/queues/)
      await page.getByRole('button', { name: 'Add the first queue' }).waitFor()
      await tabTo(page, 'Add the first queue')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: 'Add a queue' }).waitFor()
      await page.keyboard.type('Billing')
      await tabTo(page, 'Number or e-mail address')
      await page.keyboard.type('billing')
      await page.keyboard.press('Enter')
      await page.getByText('One of these is no complete number or address.').waitFor()
      await page.keyboard.type('@linfa.example')
      await page.keyboard.press('Enter')
      // A number that is typed and not added is not lost by saving.
      await page.keyboard.type('06 5550 0100')
      await tabTo(page, 'An offer rings')
      await page.keyboard.press('Control+a')
      await page.keyboard.type('3')
      await page.keyboard.press('Enter')
      await page.getByText('An offer rings for 5 to 120 seconds').waitFor()
      expect(await focusedName(page)).toMatch(/^An offer rings/)
      await page.keyboard.press('Control+a')
      await page.keyboard.type('30')
      await page.keyboard.press('Enter')
      await page.getByRole('row', { name: /Billing.*billing@linfa.example.*06 5550 0100.*30 s/ }).waitFor()
      await page.getByText('Queue Billing: saved.').first().waitFor()
      await page.getByRole('link', { name: 'Go to the people' }).waitFor()
    })

    test('another queue’s number is refused at its field', async () => {
      await using seen = await see('idle', '/en/queues/')
      const { page } = seen
      await page.getByRole('button', { name: 'English desk' }).click()
      await tabTo(page, 'Number or e-mail address')
      await page.keyboard.type('+48125550100')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
      await page.getByText('One of these numbers or addresses leads to another queue already.').waitFor()
      expect(await focusedName(page)).toBe('Number or e-mail address')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    })
  },
)
