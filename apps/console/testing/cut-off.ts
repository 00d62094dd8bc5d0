import type { Page } from 'playwright-core'

/**
 * What of the page's text a reader cannot see: cut by an ellipsis or a clamp, or beyond the right edge of the window.
 * Text for screen readers only, and what scrolls by design, does not count.
 */
export function cutOffTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isHidden = (element: Element) =>
      element.closest('.skip, [hidden], svg') !== null ||
      isForReadersOnly(element) ||
      !element.checkVisibility({ visibilityProperty: true })
    const isForReadersOnly = (element: Element) => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        if (getComputedStyle(at).clipPath === 'inset(50%)') return true
      }
      return false
    }
    const clips = (element: Element) => {
      const { overflowX, overflowY } = getComputedStyle(element)
      const isClipping = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
      return (
        (isClipping(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (isClipping(overflowY) && element.scrollHeight > element.clientHeight + 2)
      )
    }
    const scrollsSideways = (element: Element) => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at)
        if (overflowX === 'auto' || overflowX === 'scroll') return true
      }
      return false
    }
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (!element || text === '' || isHidden(element)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const { right, width } = range.getBoundingClientRect()
      const isOutside = width > 0 && right > innerWidth + 1 && !scrollsSideways(element)
      if (clips(element) || isOutside) found.push(text)
    }
    if ((document.scrollingElement?.scrollWidth ?? 0) > innerWidth + 1)
      found.push('(the page scrolls sideways)')
    return found
  })
}
