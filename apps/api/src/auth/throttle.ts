/**
 * Slows guessing down. Each key (an account, an address) may fail `free` times; every further failure doubles the time
 * that must pass before the next try, from one second to `maximumDelayMilliseconds`. A key that was quiet for
 * `forgetAfterMilliseconds` starts anew. At most `limit` keys are remembered; the one that was quiet longest goes first.
 */
export type ThrottleOptions = {
  readonly free: number
  readonly maximumDelayMilliseconds: number
  readonly forgetAfterMilliseconds: number
  readonly limit: number
  /** Milliseconds of any steady clock. */
  readonly clock: () => number
}

type Entry = { readonly failures: number; readonly lastAt: number; readonly notBefore: number }

export type Throttle = {
  /** Milliseconds until this key may try again; 0: now. */
  wait(key: string): number
  failed(key: string): void
  /** Starts the key anew. */
  succeeded(key: string): void
  /** Takes one failure back: it was none. */
  forgive(key: string): void
}

export const createThrottle = (options: ThrottleOptions): Throttle => {
  const entries = new Map<string, Entry>()
  const entryOf = (key: string): Entry | null => {
    const entry = entries.get(key)
    if (!entry) return null
    if (options.clock() - entry.lastAt < options.forgetAfterMilliseconds) return entry
    entries.delete(key)
    return null
  }
  return {
    wait: (key) => Math.max(0, (entryOf(key)?.notBefore ?? 0) - options.clock()),
    failed(key) {
      const now = options.clock()
      const failures = (entryOf(key)?.failures ?? 0) + 1
      const beyond = failures - options.free
      const delay =
        beyond < 0 ? 0 : Math.min(options.maximumDelayMilliseconds, 1_000 * 2 ** Math.min(beyond, 30))
      entries.delete(key)
      if (entries.size >= options.limit) entries.delete(entries.keys().next().value ?? '')
      entries.set(key, { failures, lastAt: now, notBefore: now + delay })
    },
    succeeded: (key) => void entries.delete(key),
    forgive(key) {
      const entry = entries.get(key)
      if (!entry) return
      const failures = entry.failures - 1
      if (failures <= 0) entries.delete(key)
      else entries.set(key, { ...entry, failures, notBefore: failures < options.free ? 0 : entry.notBefore })
    },
  }
}

/** What an address counts as: an IPv6 network of 64 bits is one household, an IPv4 address is itself. */
export const throttleKeyOf = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? []
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined
      ? front
      : [...front, ...Array(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return `${groups.slice(0, 4).join(':')}::/64`
}
