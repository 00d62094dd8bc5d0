/**
 * A token bucket: `burst` at once, then `perSecond`. Given milliseconds of any steadily rising clock.
 */
export const createRateLimit = (limits: { readonly burst: number; readonly perSecond: number }) => {
  let tokens = limits.burst
  let last: number | null = null
  return {
    /** Takes one token; false when there is none. */
    take: (nowMilliseconds: number): boolean => {
      const passed = last === null ? 0 : Math.max(0, nowMilliseconds - last)
      last = nowMilliseconds
      tokens = Math.min(limits.burst, tokens + (passed / 1_000) * limits.perSecond)
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}
