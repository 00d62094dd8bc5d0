import type { Page } from 'playwright-core'

/** More than any page of the console has. */
const MOST_STOPS = 80

/** Presses Tab until what has the focus bears this name (or begins with it), as somebody without a mouse does. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if ((await focusedName(page)).startsWith(name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to "${name}"`)
}

/** What the element with the focus is called: its label, or its text. */
export const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement) || at === document.body) return ''
    const by = (at.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim()
    const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])] : []
    const label = labels.map((one) => one.textContent.trim()).join(' ')
    return (at.getAttribute('aria-label') || by || label || at.textContent).trim()
  })
