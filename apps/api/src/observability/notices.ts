import { type Instant, toInstant } from '@centralino/domain'

/** What an operator should know: counted by code, without personal data. */
export type Notice = {
  /** Literal, UPPER_CASE; the console has a sentence for each. */
  readonly code: string
  readonly firstAt: Instant
  readonly at: Instant
  readonly count: number
  /** Of the last time. */
  readonly facts: Readonly<Record<string, string | number>>
}

export type Notices = {
  /** `facts` hold no number, address, name or text of a person; a number that was dialled here, and a machine's address, may. */
  report(code: string, facts?: Readonly<Record<string, string | number>>): void
  /** Newest first. */
  list(): readonly Notice[]
  /** It is well again: the notice goes. */
  clear(code: string): void
}

const CODE = /^[A-Z][A-Z0-9_]{2,63}$/

/**
 * Keeps one entry a code, at most `limit` codes (default 100): the one that was quiet longest goes first. `onReport` is
 * for counting and logging.
 */
export const createNotices = (options: {
  readonly now?: () => Instant
  readonly limit?: number
  readonly onReport?: (notice: Notice) => void
}): Notices => {
  const now = options.now ?? (() => toInstant(Temporal.Now.instant()))
  const limit = options.limit ?? 100
  const byCode = new Map<string, Notice>()
  return {
    report(code, facts = {}) {
      if (!CODE.test(code)) throw new RangeError(`not a notice code: ${JSON.stringify(code.slice(0, 80))}`)
      const at = now()
      const before = byCode.get(code)
      byCode.delete(code)
      if (byCode.size >= limit) byCode.delete(byCode.keys().next().value ?? '')
      const notice = { code, firstAt: before?.firstAt ?? at, at, count: (before?.count ?? 0) + 1, facts }
      byCode.set(code, notice)
      options.onReport?.(notice)
    },
    list: () => [...byCode.values()].reverse(),
    clear: (code) => void byCode.delete(code),
  }
}
