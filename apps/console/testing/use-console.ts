import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launch } from './console-browser.ts'
import { type MockHub, startMockHub } from './mock-hub/mock-hub.ts'

/** A browser and the hub of cardboard for all tests of a `describe`; there once they run. */
export function useConsole(): { readonly browser: Browser; readonly hub: MockHub } {
  let browser: Browser | undefined
  let hub: MockHub | undefined
  beforeAll(async () => {
    browser = await launch()
    hub = await startMockHub('idle')
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.[Symbol.asyncDispose]()
  })
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the console is there while tests run only')
    return value
  }
  return {
    get browser() {
      return there(browser)
    },
    get hub() {
      return there(hub)
    },
  }
}
