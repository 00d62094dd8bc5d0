import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * What of the page is not readable for all, by the rules of WCAG: each rule with the elements that break it. A mail's
 * frame runs no scripts, axe's neither: what the customer wrote is left out.
 */
export async function axe(page: Page): Promise<[string, string[]][]> {
  await page.locator('iframe').evaluateAll((frames) => {
    for (const frame of frames) frame.remove()
  })
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])
}
