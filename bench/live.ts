import { setTimeout as delay } from 'node:timers/promises'
import { signIn } from '@centralino/test/world/graphql'
import { startHub } from '@centralino/test/world/hub-process'
import type { Figure } from './figure.ts'

const EVENTS = 300
const WARM_UP = 30

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN

const FIND = 'query { customers(search: "Giulia", first: 1) { edges { node { id } } } }'
const RENAME = `mutation ($id: ID!, $name: String!) {
  nameCustomer(customerId: $id, profile: { name: $name, language: "it", place: "Roma" }) { __typename }
}`
const FOLLOW = 'subscription ($id: ID!) { timeline(customerId: $id) { at type } }'

/**
 * How long an event takes from its command to a console's connection: a real hub process, a GraphQL mutation, and the
 * timeline subscription over server-sent events, read by this process where a browser would. What a browser needs to show
 * it is not in it. The clock starts at the hub's own time for the event, before the append, so disk,
 * projection and delivery are all in it. Beside it, the bare round trip of a GraphQL query over the same connection.
 */
export const benchLive = async (): Promise<readonly Figure[]> => {
  await using hub = await startHub()
  const session = await signIn(hub.url, 'sofia@linfa.example')
  const found = await session.ask<{ customers: { edges: readonly { node: { id: string } }[] } }>(FIND)
  const id = found.customers.edges[0]?.node.id
  if (id === undefined) throw new Error('the demo has no Giulia')

  const ending = new AbortController()
  const delays: number[] = []
  const following = (async () => {
    for await (const { timeline } of session.follow<{ timeline: { at: string } }>(
      FOLLOW,
      { id },
      ending.signal,
    )) {
      delays.push(Date.now() - Date.parse(timeline.at))
    }
  })().catch((error: unknown) => {
    if (!ending.signal.aborted) throw error
  })
  await delay(500)

  const roundTrips: number[] = []
  for (let i = 0; i < EVENTS + WARM_UP; i += 1) {
    await session.ask(RENAME, { id, name: `Giulia Ferrante ${i}` })
    const begun = performance.now()
    await session.ask('query { me { name } }')
    roundTrips.push(performance.now() - begun)
  }
  for (let waited = 0; delays.length < EVENTS + WARM_UP && waited < 5_000; waited += 50) await delay(50)
  ending.abort()
  await following

  const live = delays.slice(WARM_UP).toSorted((a, b) => a - b)
  const bare = roundTrips.slice(WARM_UP).toSorted((a, b) => a - b)
  if (live.length < EVENTS) throw new Error(`only ${live.length} of ${EVENTS} events arrived`)
  const ceiling = (q: number) => ({ figure: quantile(bare, q), what: 'bare query round trip' })
  return [
    { name: 'command to open console, p50', figure: quantile(live, 0.5), unit: 'ms', ceiling: ceiling(0.5) },
    {
      name: 'command to open console, p99',
      figure: quantile(live, 0.99),
      unit: 'ms',
      target: '< 50',
      ceiling: ceiling(0.99),
    },
  ]
}
