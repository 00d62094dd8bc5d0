import { type EventStore, EventStoreError, type Subscription } from '@centralino/event-store'
import type { VoiceEdge } from '@centralino/telephony/edge-contract'

/** One life of a hub's process: from the moment it ends, nothing that it began reaches the log or the edge any more. */
export type Life = {
  readonly store: EventStore
  readonly edge: VoiceEdge
  /** `kill -9`. */
  kill(): void
  /** Dies just after the n-th append from now took effect: it is on disk, and whoever asked for it never hears so. */
  dieAfterAppends(count: number): void
  readonly alive: boolean
  /** Resolves at the end. */
  readonly death: Promise<void>
  /** Appends that took effect in this life. */
  readonly appends: number
}

export const newLife = (store: EventStore, edge: VoiceEdge): Life => {
  let alive = true
  const death = Promise.withResolvers<void>()
  let appends = 0
  let last = Number.POSITIVE_INFINITY
  const subscriptions: Subscription[] = []
  const died = () => new EventStoreError('STORE_CLOSED', { reason: 'KILLED' })
  const kill = () => {
    alive = false
    death.resolve()
    for (const subscription of subscriptions.splice(0)) void subscription[Symbol.asyncDispose]()
  }
  const whileAlive = async function* <T>(reading: AsyncIterable<T>) {
    if (!alive) throw died()
    for await (const one of reading) {
      if (!alive) throw died()
      yield one
    }
  }
  return {
    kill,
    death: death.promise,
    dieAfterAppends: (count) => {
      last = appends + count
    },
    get alive() {
      return alive
    },
    get appends() {
      return appends
    },
    store: {
      append: async (...given) => {
        if (!alive) throw died()
        const appended = await store.append(...given)
        appends += 1
        if (appends >= last) kill()
        if (!alive) throw died()
        return appended
      },
      readStream: (...given) => whileAlive(store.readStream(...given)),
      readAll: (...given) => whileAlive(store.readAll(...given)),
      readStored: (...given) => whileAlive(store.readStored(...given)),
      eventById: async (id) => {
        if (!alive) throw died()
        return store.eventById(id)
      },
      subscribe: (after, handler, options) => {
        if (!alive) throw died()
        const subscription = store.subscribe(after, handler, options)
        subscriptions.push(subscription)
        return subscription
      },
      [Symbol.asyncDispose]: async () => kill(),
    },
    edge: {
      status: () => edge.status(),
      order: (order) => (alive ? edge.order(order) : new Promise(() => {})),
      listen: (listener) =>
        edge.listen({
          onHello: async (...told) => {
            if (alive) await listener.onHello(...told)
          },
          onFact: async (fact) => {
            if (!alive) throw died()
            await listener.onFact(fact)
          },
        }),
      counters: () => edge.counters(),
      [Symbol.asyncDispose]: async () => {},
    },
  }
}
