import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { axe } from './axe.ts'
import { hasChromium, PHONE, visit, WIDE } from './console-browser.ts'
import { cutOffTexts } from './cut-off.ts'
import { focusedName, tabTo } from './keys.ts'
import { ONE_TIME, REPLACED, TOO_OFTEN, WRONG } from './mock-hub/signing-in.ts'
import { useConsole } from './use-console.ts'
import { WAYS } from './ways.ts'

const EMAIL = 'aleksandra.wojciechowska-zawadzka@linfa.example'
const OWN = 'a sentence to remember'

/** The browser itself tells its console of every answer like 401: that is no fault of ours. */
const faults = (complaints: readonly string[]) =>
  complaints.filter((one) => !one.startsWith('Failed to load resource'))

const signIn = async (page: Page, password: string) => {
  await page.locator('[name=email]').fill(EMAIL)
  await page.locator('[name=password]').fill(password)
  await page.keyboard.press('Enter')
}
const chooseOwn = async (page: Page) => {
  await signIn(page, ONE_TIME)
  await page.locator('[autocomplete=new-password]').first().waitFor()
}

describe.skipIf(!hasChromium && !process.env['CI'])(
  'passwords in the console (needs Chromium: apt-get install chromium)',
  () => {
    const at = useConsole()
    const see = (path: string, role: 'AGENT' | 'ADMIN' | null, way: Parameters<typeof visit>[2] = {}) => {
      at.hub.show('idle', role)
      return visit(at.browser, `${at.hub.origin}${path}`, way)
    }
    const openChange = async (page: Page) => {
      await page.locator('.me-item').click()
      await page.getByRole('menuitem').nth(-2).click()
      await page.getByRole('dialog').waitFor()
    }

    describe.each(WAYS)('$viewport.width wide, $colorScheme', (way) => {
      test('shows the step after a one-time password whole, and readable for all', async () => {
        await using seen = await see('/en/sign-in/', null, way)
        await chooseOwn(seen.page)
        expect(await axe(seen.page)).toEqual([])
        await seen.page.keyboard.press('Enter')
        await seen.page.locator('.field-error').waitFor()
        expect(await cutOffTexts(seen.page)).toEqual([])
        expect(await axe(seen.page)).toEqual([])
        expect(faults(seen.complaints)).toEqual([])
      })

      test('shows the change of a password whole, and readable for all', async () => {
        await using seen = await see('/en/people/', 'ADMIN', way)
        await openChange(seen.page)
        expect(await cutOffTexts(seen.page)).toEqual([])
        expect(await axe(seen.page)).toEqual([])
      })
    })

    test.each(['it', 'pl'])('has room for longer words in %s', async (locale) => {
      for (const viewport of [WIDE, PHONE]) {
        await using seen = await see(`/${locale}/sign-in/`, null, { viewport })
        await chooseOwn(seen.page)
        await seen.page.keyboard.press('Enter')
        await seen.page.locator('.field-error').waitFor()
        expect(await cutOffTexts(seen.page)).toEqual([])
        await using signedIn = await see(`/${locale}/desktop/`, 'AGENT', { viewport })
        await openChange(signedIn.page)
        expect(await cutOffTexts(signedIn.page)).toEqual([])
      }
    })

    test('who comes with a one-time password chooses their own, by keys alone, and is in', async () => {
      await using seen = await see('/en/sign-in/', null)
      const { page } = seen
      await page.getByRole('heading', { name: 'Sign in to Centralino' }).waitFor()
      await expect.poll(() => focusedName(page)).toBe('Work e-mail')
      await page.keyboard.type(EMAIL)
      await page.keyboard.press('Tab')
      await page.keyboard.type(ONE_TIME)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Choose your own password' }).waitFor()
      await expect.poll(() => focusedName(page)).toBe('New password')
      await page.keyboard.type('too short')
      await page.keyboard.press('Enter')
      await page.getByText('The new password is too short').waitFor()
      await expect.poll(() => focusedName(page)).toBe('New password')
      await page.keyboard.press('Control+a')
      await page.keyboard.type(ONE_TIME)
      await page.keyboard.press('Enter')
      await page.getByText('This is the password you have now.').waitFor()
      await page.keyboard.press('Control+a')
      await page.keyboard.type(OWN)
      await page.keyboard.press('Enter')
      await page.getByText('The two are not the same.').waitFor()
      await expect.poll(() => focusedName(page)).toBe('New password, once more')
      await page.keyboard.type(OWN)
      const sent = page.waitForRequest(/change-password/)
      await page.keyboard.press('Enter')
      expect((await sent).postDataJSON()).toEqual({ email: EMAIL, password: ONE_TIME, newPassword: OWN })
      await page.waitForURL(/desktop/)
    })

    test('the one-time password stays in memory only', async () => {
      await using seen = await see('/en/sign-in/', null)
      const { page } = seen
      await chooseOwn(page)
      const kept = await page.evaluate(() =>
        JSON.stringify([
          { ...localStorage },
          { ...sessionStorage },
          history.state,
          location.href,
          document.cookie,
        ]),
      )
      expect(kept).not.toContain(ONE_TIME)
      expect(kept).not.toContain(EMAIL)
      await page.reload()
      await page.getByRole('heading', { name: 'Sign in to Centralino' }).waitFor()
      expect(await page.locator('[name=password]').inputValue()).toBe('')
    })

    test('a one-time password that was replaced meanwhile leads back to signing in', async () => {
      await using seen = await see('/en/sign-in/', null)
      const { page } = seen
      await signIn(page, REPLACED)
      await page.locator('[autocomplete=new-password]').first().waitFor()
      await page.keyboard.type(OWN)
      await page.keyboard.press('Tab')
      await page.keyboard.type(OWN)
      await page.keyboard.press('Enter')
      await page.getByText('E-mail or password is not right.').waitFor()
      await expect.poll(() => focusedName(page)).toBe('Password')
      expect(await page.locator('[name=email]').inputValue()).toBe(EMAIL)
    })

    test('a wrong password is said at its field, too many tries are said for the form', async () => {
      await using seen = await see('/en/sign-in/', null)
      const { page } = seen
      await page.locator('[name=email]').focus()
      await page.keyboard.press('Enter')
      await page.getByText('Type your work e-mail.').waitFor()
      await signIn(page, WRONG)
      await page.getByText('E-mail or password is not right.').waitFor()
      await expect.poll(() => focusedName(page)).toBe('Password')
      await signIn(page, TOO_OFTEN)
      await page.getByRole('alert').getByText('Too many tries. Wait 8 seconds, then try again.').waitFor()
    })

    test('one’s own password is changed from the menu, by keys alone', async () => {
      await using seen = await see('/en/people/', 'ADMIN')
      const { page } = seen
      await page.getByRole('heading', { name: 'People' }).waitFor()
      await tabTo(page, 'CG')
      await page.keyboard.press('Enter')
      await page.getByRole('menuitem', { name: 'Change password' }).waitFor()
      await page.keyboard.type('Change')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: 'Change password' }).waitFor()
      await expect.poll(() => focusedName(page)).toBe('Current password')
      await page.keyboard.type(WRONG)
      for (const _ of ['next', 'repeated']) {
        await page.keyboard.press('Tab')
        await page.keyboard.type(OWN)
      }
      await page.keyboard.press('Enter')
      await page.getByText('The current password is not right.').waitFor()
      await expect.poll(() => focusedName(page)).toBe('Current password')
      await page.keyboard.press('Control+a')
      await page.keyboard.type('the right one')
      await page.keyboard.press('Enter')
      await page.getByTestId('announcements').getByText('Your password is changed.').waitFor()
      expect(await page.getByRole('dialog').count()).toBe(0)
    })

    test('an agent who has changed the password has a line again', async () => {
      await using seen = await see('/en/desktop/', 'AGENT')
      const { page } = seen
      await page.getByText('line ready').waitFor()
      const next = page.waitForEvent('websocket')
      await openChange(page)
      await page.getByLabel('Current password').fill('the right one')
      for (const field of await page.locator('[autocomplete=new-password]').all()) await field.fill(OWN)
      await page.keyboard.press('Enter')
      await page.getByTestId('announcements').getByText('Your password is changed.').waitFor()
      await next
      await page.getByText('line ready').waitFor()
      expect(page.url()).toMatch(/desktop/)
    })

    test('no call is cut off by changing the password', async () => {
      await using seen = await see('/en/desktop/', 'AGENT')
      const { page } = seen
      await page.getByText('Piotr Zieliński').first().waitFor()
      await openChange(page)
      await page.getByLabel('Current password').fill('the right one')
      for (const field of await page.locator('[autocomplete=new-password]').all()) await field.fill(OWN)
      at.hub.show('call')
      await page.getByText('4:1').first().waitFor({ state: 'attached' })
      await page.keyboard.press('Enter')
      await page.getByRole('alert').getByText('Not while a call rings or is on your line').waitFor()
    })
  },
)
