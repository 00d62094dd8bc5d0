import { AxeBuilder } from '@axe-core/playwright'
import { cutOffTexts } from '@centralino/console/testing/cut-off.ts'
import type { Page } from 'playwright-core'

const WAYS = [
  { size: { width: 1440, height: 900 }, colorScheme: 'light' },
  { size: { width: 1440, height: 900 }, colorScheme: 'dark' },
  { size: { width: 390, height: 844 }, colorScheme: 'light' },
  { size: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

/** What is wrong with the page as it stands, on a desk and on a telephone, by day and by night: axe's findings and cut-off text. */
export const faultsOf = async (page: Page): Promise<string[]> => {
  const before = page.viewportSize()
  const faults: string[] = []
  for (const { size, colorScheme } of WAYS) {
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.evaluate((theme) => {
      document.documentElement.dataset['theme'] = theme
    }, colorScheme)
    const where = `${new URL(page.url()).pathname} at ${size.width}, ${colorScheme}`
    for (const text of await cutOffForGood(page)) faults.push(`${where}: cut off: ${text}`)
    // A mail's frame runs no scripts, axe's neither.
    const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
    for (const { id, nodes } of violations)
      faults.push(`${where}: ${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`)
  }
  if (before !== null) await page.setViewportSize(before)
  return faults
}

/** The console lays itself out anew after the window has another size; what is cut off for that moment is no fault. */
const LAID_OUT_WITHIN_MILLISECONDS = 1_000

const cutOffForGood = async (page: Page): Promise<readonly string[]> => {
  const texts = await cutOffTexts(page)
  if (texts.length === 0) return texts
  await page.waitForTimeout(LAID_OUT_WITHIN_MILLISECONDS)
  return await cutOffTexts(page)
}
