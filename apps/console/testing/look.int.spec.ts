import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axe } from './axe.ts'
import { hasChromium, launch, PHONE, visit, WIDE } from './console-browser.ts'
import { cutOffTexts } from './cut-off.ts'
import { type MockHub, startMockHub } from './mock-hub/mock-hub.ts'
import type { Scenario } from './mock-hub/scenarios.ts'
import type { Role } from './mock-hub/schema.ts'
import { WAYS } from './ways.ts'

type Sight = { scenario: Scenario; role: Role | null; path: string; ready: (page: Page) => Promise<void> }

const heading = (name: string) => (page: Page) => page.getByRole('heading', { name }).first().waitFor()
const text = (words: string) => (page: Page) => page.getByText(words).first().waitFor()

const SIGHTS: Readonly<Record<string, Sight>> = {
  'a call is offered': { scenario: 'offer', role: 'AGENT', path: '/desktop/', ready: text('Call in, 6:12') },
  'in a call': { scenario: 'call', role: 'AGENT', path: '/desktop/', ready: text('You answered') },
  'on hold': { scenario: 'held', role: 'AGENT', path: '/desktop/', ready: text('on hold, music') },
  'wrap-up': { scenario: 'wrapUp', role: 'AGENT', path: '/desktop/', ready: text('Ready by itself') },
  'a mail': { scenario: 'mail', role: 'AGENT', path: '/desktop/', ready: text('Pozdrawiam') },
  'a stranger calls': { scenario: 'stranger', role: 'AGENT', path: '/desktop/', ready: text('Call came in') },
  'a missed offer': {
    scenario: 'missed',
    role: 'AGENT',
    path: '/desktop/',
    ready: text('You did not answer.'),
  },
  'nothing waits': {
    scenario: 'empty',
    role: 'AGENT',
    path: '/desktop/',
    ready: text('Nothing waits for you'),
  },
  customers: { scenario: 'idle', role: 'MARKETER', path: '/customers/', ready: text('Piotr Zieliński') },
  'one customer': {
    scenario: 'idle',
    role: 'AGENT',
    path: '/customers/?id=customer-giulia',
    ready: text('Call in, 6:12'),
  },
  'the board': { scenario: 'idle', role: 'SUPERVISOR', path: '/board/', ready: heading('The hub itself') },
  people: { scenario: 'idle', role: 'ADMIN', path: '/people/', ready: text('Karol Malinowski') },
  queues: { scenario: 'idle', role: 'ADMIN', path: '/queues/', ready: text('Obsługa klienta') },
  'the first day, people': {
    scenario: 'firstDay',
    role: 'ADMIN',
    path: '/people/',
    ready: heading('No queue yet'),
  },
  'the first day, queues': {
    scenario: 'firstDay',
    role: 'ADMIN',
    path: '/queues/',
    ready: heading('No agent yet'),
  },
  'the first day, the board': {
    scenario: 'firstDay',
    role: 'ADMIN',
    path: '/board/',
    ready: (page) => page.getByRole('link', { name: 'Go to the queues' }).waitFor(),
  },
  'signing in': { scenario: 'idle', role: null, path: '/sign-in/', ready: heading('Sign in to Centralino') },
  'not allowed': { scenario: 'idle', role: 'MARKETER', path: '/board/', ready: text('not for your role') },
}

describe.skipIf(!hasChromium && !process.env['CI'])(
  'the console (needs Chromium: apt-get install chromium)',
  () => {
    let browser: Browser
    let hub: MockHub
    beforeAll(async () => {
      browser = await launch()
      hub = await startMockHub('idle')
    })
    afterAll(async () => {
      await browser?.close()
      await hub?.[Symbol.asyncDispose]()
    })

    describe.each(WAYS)('$viewport.width wide, $colorScheme', (way) => {
      test.each(Object.keys(SIGHTS))(
        'shows %s whole, readable for all, within the content policy',
        async (name) => {
          const sight = SIGHTS[name]
          if (!sight) throw new Error(name)
          hub.show(sight.scenario, sight.role)
          await using seen = await visit(browser, `${hub.origin}/en${sight.path}`, way)
          await sight.ready(seen.page)
          expect(await cutOffTexts(seen.page)).toEqual([])
          expect(await axe(seen.page)).toEqual([])
          expect(seen.complaints).toEqual([])
        },
      )
    })

    test.each(['it', 'pl'])('has room for longer words in %s', async (locale) => {
      for (const viewport of [WIDE, PHONE]) {
        for (const scenario of ['offer', 'call', 'wrapUp', 'missed'] as const) {
          hub.show(scenario)
          await using seen = await visit(browser, `${hub.origin}/${locale}/desktop/`, { viewport })
          await seen.page.locator('[data-testid="timeline-entry"], .item').first().waitFor()
          expect([scenario, await cutOffTexts(seen.page)]).toEqual([scenario, []])
        }
      }
    })

    test('an offer takes neither the focus nor a word from somebody who writes', async () => {
      hub.show('mail')
      await using seen = await visit(browser, `${hub.origin}/en/desktop/`)
      const reply = seen.page.getByRole('textbox', { name: /Reply to/ })
      await reply.fill('Dzień dobry')
      hub.show('offer')
      await seen.page.getByRole('button', { name: 'Answer' }).waitFor()
      await seen.page.keyboard.type(', Panie')
      await seen.page.getByTestId('announcements').getByText('Press Alt+A to answer').waitFor()
      expect(await reply.inputValue()).toBe('Dzień dobry, Panie')
      await seen.page.keyboard.press('Escape')
      await seen.page.getByRole('row', { name: 'Giulia Ferrante' }).click()
      await seen.page.getByText('Your reply to Piotr Zieliński is kept as a draft.').waitFor()
      await seen.page.getByRole('row', { name: 'Piotr Zieliński' }).click()
      expect(await reply.inputValue()).toBe('Dzień dobry, Panie')
    })

    test('the desk is worked by keys alone', async () => {
      hub.show('idle')
      await using seen = await visit(browser, `${hub.origin}/en/desktop/`)
      await seen.page.getByText('Choose something on the left').waitFor()
      await seen.page.keyboard.press('j')
      await seen.page.keyboard.press('Enter')
      await seen.page.getByRole('heading', { name: 'Faktura za październik, korekta' }).waitFor()
      await seen.page.getByRole('textbox', { name: /Reply to/ }).waitFor()
      await seen.page.keyboard.press('r')
      await seen.page.keyboard.type('jk')
      expect(await seen.page.getByRole('textbox', { name: /Reply to/ }).inputValue()).toBe('jk')
      await seen.page.keyboard.press('Alt+s')
      await seen.page.getByRole('option', { name: 'Break' }).waitFor()
      await seen.page.keyboard.press('Escape')
      await seen.page.keyboard.press('Control+k')
      await seen.page.getByRole('dialog', { name: 'Find a customer' }).waitFor()
      await seen.page.keyboard.type('giulia')
      await seen.page.getByRole('menuitem', { name: 'Giulia Ferrante' }).waitFor()
      await seen.page.keyboard.press('Escape')
      await seen.page.keyboard.press('Escape')
      await seen.page.locator('body').evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
      await seen.page.keyboard.press('?')
      await seen.page.getByRole('dialog', { name: 'All keys' }).waitFor()
      await seen.page.keyboard.press('Escape')
      await seen.page.keyboard.press('g')
      await seen.page.keyboard.press('c')
      await seen.page.waitForURL(/customers/)
    })

    test('hanging up by key asks for a second press', async () => {
      hub.show('call')
      await using seen = await visit(browser, `${hub.origin}/en/desktop/`)
      await seen.page.getByRole('button', { name: 'Hang up' }).waitFor()
      const asked = seen.page.waitForRequest(
        (request) => request.postData()?.includes('mutation HangUp') ?? false,
      )
      await seen.page.keyboard.press('Alt+x')
      await seen.page.getByText('Press Alt+X once more to hang up.').first().waitFor()
      await seen.page.keyboard.press('Alt+x')
      await asked
    })

    test('a hub that is gone is said at once, and forgotten when it is back', async () => {
      hub.show('idle')
      await using seen = await visit(browser, `${hub.origin}/en/desktop/`)
      await seen.page.getByText('Piotr Zieliński').first().waitFor()
      await seen.page.route('**/graphql', (route) => route.abort())
      hub.dropStreams()
      await seen.page.getByText('No connection since').waitFor()
      await seen.page.unroute('**/graphql')
      await seen.page.getByText('No connection since').waitFor({ state: 'hidden' })
    })

    test('a contact that is found to be another customer’s moves from one open timeline to the other', async () => {
      hub.show('call')
      await using had = await visit(browser, `${hub.origin}/en/customers/?id=customer-giulia`)
      await using has = await visit(browser, `${hub.origin}/en/customers/?id=customer-marco`)
      await had.page.getByText('Call in, on the line').waitFor()
      await has.page.getByText('Nothing yet.').waitFor()
      await using desk = await visit(browser, `${hub.origin}/en/desktop/`)
      await desk.page.getByRole('button', { name: 'It is Marco' }).click()
      await has.page.getByText('You said that it is Marco Ferrante').waitFor()
      await has.page.getByText('Call came in').waitFor()
      await had.page.getByText('Call in, on the line').waitFor({ state: 'hidden' })
      await desk.page.getByRole('heading', { name: 'Marco Ferrante' }).first().waitFor()
      await desk.page.getByText('Call came in').waitFor()
    })

    test('the decision says who was considered and why', async () => {
      hub.show('offer')
      await using seen = await visit(browser, `${hub.origin}/en/desktop/`)
      await seen.page.getByRole('button', { name: 'See decision' }).click()
      const dialog = seen.page.getByRole('dialog', { name: 'Why Sofia Marchetti was asked' })
      await dialog.getByText('4 of 9 agents could take it.').waitFor()
      await dialog.getByRole('row', { name: /Hannah Doyle.*Lacks Italian/ }).waitFor()
      expect(await axe(seen.page)).toEqual([])
    })
  },
)
