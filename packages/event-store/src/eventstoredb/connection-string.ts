import { EventStoreError } from '../event-store-error.ts'

const SCHEMES: Readonly<Record<string, string>> = {
  esdb: 'esdb',
  'esdb+discover': 'esdb+discover',
  kurrentdb: 'esdb',
  'kurrentdb+discover': 'esdb+discover',
}
const KEEP_ALIVE_MILLISECONDS = 10_000

/**
 * The connection string for the `generation`-th client, with what the URL leaves open set for a quick change of leader.
 * Each client keeps alive by a millisecond more than the last: gRPC shares connections, and their growing pauses between
 * tries, among channels of the same options, and a new client must not inherit the pause of the one that it replaces.
 *
 * `throwOnAppendFailure` is taken out: without it the client answers a refused append with a wrong revision.
 */
export const connectionString = (url: string, generation: number): string => {
  const match = /^([a-z+]+):\/\/([^?]+)(?:\?(.*))?$/i.exec(url.trim())
  const scheme = match?.[1]?.toLowerCase() ?? ''
  const clientScheme = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined
  if (match === null || clientScheme === undefined) {
    throw new EventStoreError('ADAPTER_MISSING', {
      scheme,
      reason: 'not a connection string of EventStoreDB',
    })
  }
  const given = (match[3] ?? '')
    .split('&')
    .filter((pair) => pair !== '' && !/^throwOnAppendFailure=/i.test(pair))
  const names = new Set(given.map((pair) => pair.split('=')[0]?.toLowerCase()))
  const defaults = Object.entries({
    nodePreference: 'leader',
    // Seconds. A frozen node must not keep the search for the leader waiting for the client's five.
    gossipTimeout: 1,
    keepAliveInterval: KEEP_ALIVE_MILLISECONDS + (generation % 1_000),
  })
    .filter(([name]) => !names.has(name.toLowerCase()))
    .map(([name, value]) => `${name}=${value}`)
  return `${clientScheme}://${match[2]}?${[...given, ...defaults].join('&')}`
}
