import { type Config, isLoopback, KNOWN_VARIABLES } from '../config.ts'

/**
 * What is allowed and still not as an operator would want it: a sentence or two each, with what to do. Said in the banner
 * and in the log at every start, so no value that is personal or secret stands in them.
 */
export const configWarnings = (
  config: Config,
  env: Readonly<Record<string, string | undefined>> = {},
): string[] => [...(isPlainHttp(config) ? [PLAIN_HTTP] : []), ...unknownVariables(env)]

const PLAIN_HTTP =
  'The console is reached over plain HTTP from other machines: passwords and sessions can be read and taken on the way, and ' +
  'browsers there give it no microphone. Put a proxy with a certificate in front of the hub and set ' +
  'HUB_PUBLIC_ORIGIN=https://… ("HTTPS" in README.md).'

/** The demo listens on this machine only. */
const isPlainHttp = ({ mode, http }: Config): boolean => {
  if (mode === 'demo') return false
  if (http.origin === null) return !isLoopback(http.address)
  const { protocol, hostname } = new URL(http.origin)
  return protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, ''))
}

/** Ours by their name; of the others a hub cannot know whom they are for. */
const OURS = /^HUB_/
/** So many slips of the hand: HUB_PROT is a port, HUB_FOO is nothing. */
const MOST_SLIPS = 3

const unknownVariables = (env: Readonly<Record<string, string | undefined>>): string[] => {
  const unknown = Object.keys(env).filter((name) => OURS.test(name) && !KNOWN_VARIABLES.includes(name))
  if (unknown.length === 0) return []
  const guesses = unknown.map((name) => {
    const near = nearest(name)
    return near === null ? `${name} is not known.` : `${name} is not known; did you mean ${near}?`
  })
  return [`${guesses.join(' ')} The hub reads ${KNOWN_VARIABLES.join(', ')}.`]
}

/** The known variable that is fewest slips away; a part of a name that was left out (HUB_PORT) is no slip. */
const nearest = (name: string): string | null => {
  const wanted = name.replace(OURS, '')
  const distances = KNOWN_VARIABLES.filter((known) => OURS.test(known)).map((known) => {
    const whole = known.replace(OURS, '')
    const end = whole.split('_').slice(-wanted.split('_').length).join('_')
    return { known, slips: Math.min(slipsBetween(wanted, whole), slipsBetween(wanted, end)) }
  })
  const best = distances.toSorted((a, b) => a.slips - b.slips)[0]
  const bound = Math.min(MOST_SLIPS, Math.floor(wanted.length / 2))
  return best !== undefined && best.slips <= bound ? best.known : null
}

/** Letters put in, left out, changed, or swapped with their neighbour (the optimal string alignment distance). */
const slipsBetween = (a: string, b: string): number => {
  let [earlier, before] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let slips = Math.min(changed, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, (earlier[j - 2] ?? 0) + 1)
      row.push(slips)
    }
    earlier = before
    before = row
  }
  return before[b.length] ?? 0
}
