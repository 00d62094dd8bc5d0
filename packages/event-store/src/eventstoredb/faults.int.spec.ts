import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { collect } from '../contract/log-under-test.ts'
import { counted, countedUpTo, freshStream, sampleMetadata } from '../contract/sample-events.ts'
import type { EventStore } from '../event-store.ts'
import { createEventStoreDbEventStore, type EventStoreDbOptions } from './create-eventstoredb-event-store.ts'
import { startFreezableProxy } from './testing/freezable-proxy.ts'
import { type ScriptedServerOptions, startScriptedServer } from './testing/scripted-server.ts'

const UNAVAILABLE = 14
const INTERNAL = 13
const ABORTED = 10

/** Shorter than in earnest, so that a test of silence does not take long. */
const patience = { tryMilliseconds: 300, firstTryMilliseconds: 300, callMilliseconds: 10_000 }

const serverWith = async (options: ScriptedServerOptions = {}) => {
  const server = await startScriptedServer(options)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return server
}

const storeOn = async (url: string, options: Partial<EventStoreDbOptions> = {}): Promise<EventStore> => {
  const store = await createEventStoreDbEventStore({ url, patience, watchEveryMilliseconds: 200, ...options })
  onTestFinished(() => store[Symbol.asyncDispose]())
  return store
}

/** Follows the whole log; `counts` grows with what is delivered. */
const follow = (store: EventStore, after: string | null = null) => {
  const counts: number[] = []
  const subscription = store.subscribe(after, {
    onEvents: (events) => {
      counts.push(...events.map((event) => (event.data as { count: number }).count))
    },
  })
  return { counts, subscription }
}

const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index)

const keptEvent = (id: string, data: unknown) => ({
  id,
  type: 'Counted',
  contentType: 'application/octet-stream',
  data: Buffer.from(JSON.stringify(data)),
  metadata: Buffer.from(JSON.stringify({ schemaVersion: 1, metadata: sampleMetadata })),
})

describe('a client of EventStoreDB that misbehaves', () => {
  const unhandled = vi.fn()
  beforeEach(() => {
    unhandled.mockClear()
    process.on('unhandledRejection', unhandled).on('uncaughtExceptionMonitor', unhandled)
  })
  afterEach(() => {
    process.off('unhandledRejection', unhandled).off('uncaughtExceptionMonitor', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  describe('1: never settles an append that it cannot serialise', () => {
    it('is given bytes alone, and nothing that JSON cannot carry', async () => {
      const server = await serverWith()
      const store = await storeOn(server.url)
      const event = counted(1)
      await expect(store.append('s', 'any', [{ ...event, data: { amount: 1n } }])).rejects.toMatchObject({
        code: 'INVALID_EVENT',
      })
      await store.append('s', 'noStream', [event])
      const [kept] = server.log.all()
      expect(kept?.contentType).toBe('application/octet-stream')
      expect(Buffer.from(kept?.data ?? []).toString()).toBe(JSON.stringify(event.data))
      expect(JSON.parse(Buffer.from(kept?.metadata ?? []).toString())).toEqual({
        schemaVersion: 1,
        metadata: event.metadata,
      })
    })
  })

  describe('2: ignores the deadline of an append', () => {
    it('does not keep an append from being made: it is sent again', async () => {
      const server = await serverWith({
        script: { append: (number) => (number === 1 ? 'silent' : undefined) },
      })
      const store = await storeOn(server.url)
      expect((await store.append('s', 'noStream', countedUpTo(2))).revision).toBe(1n)
      expect(server.log.all()).toHaveLength(2)
    })

    it.each(['noStream', 'any', 'streamExists', 1n] as const)(
      'never doubles what was kept without an answer, expected %s',
      async (expected) => {
        const server = await serverWith({
          script: { append: (number) => (number === 2 ? 'lost' : undefined) },
        })
        const store = await storeOn(server.url)
        const stream = expected === 'noStream' ? 'other' : 's'
        await store.append('s', 'noStream', countedUpTo(2))
        const event = counted(2)
        const appended = await store.append(stream, expected, [event])
        expect(appended.revision).toBe(stream === 's' ? 2n : 0n)
        expect(server.log.all()).toHaveLength(3)
        expect(await store.append(stream, expected, [event])).toEqual(appended)
        expect(server.log.all()).toHaveLength(3)
      },
    )

    it.each(['any', 'streamExists', 0n] as const)(
      'never doubles what was kept after the caller was told that nothing is known, expected %s',
      async (expected) => {
        let lost = false
        let heldBack = false
        const server = await serverWith({
          script: { append: () => (lost ? 'lost' : undefined), holdsBack: () => heldBack },
        })
        const store = await storeOn(server.url, {
          patience: { ...patience, callMilliseconds: 500 },
          watchEveryMilliseconds: 60_000,
        })
        await store.append('s', 'noStream', [counted(0)])
        const event = counted(1)
        lost = true
        heldBack = true
        await expect(store.append('s', expected, [event])).rejects.toMatchObject({
          code: 'STORE_UNAVAILABLE',
        })
        lost = false
        const [repeated, found] = [store.append('s', 'any', [event]), store.eventById(event.id)]
        await delay(50)
        heldBack = false
        server.log.append('other', 'noStream', [])
        expect((await repeated).revision).toBe(1n)
        expect((await found)?.revision).toBe(1n)
        expect(server.log.all()).toHaveLength(2)
      },
    )

    it('ends in STORE_UNAVAILABLE once patience is out, and the store still closes', async () => {
      const server = await serverWith({ script: { append: () => 'silent' } })
      const store = await storeOn(server.url, { patience: { ...patience, callMilliseconds: 1_000 } })
      await expect(store.append('s', 'noStream', [counted(0)])).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        data: { reason: 'TIMED_OUT' },
      })
      await store[Symbol.asyncDispose]()
    })
  })

  describe('3: leaves an append pending when the server ends the stream of appends with OK', () => {
    it('does not keep the append from being made, nor the store from closing', async () => {
      const server = await serverWith({ script: { append: (number) => (number <= 2 ? 'ended' : undefined) } })
      const store = await storeOn(server.url)
      expect((await store.append('s', 'noStream', [counted(0)])).revision).toBe(0n)
      expect(server.log.all()).toHaveLength(1)
      await store[Symbol.asyncDispose]()
    })
  })

  describe('4: rejects the appends of every client when one fails', () => {
    it('lets the append of another store through', async () => {
      const healthy = await serverWith({
        script: { append: (number) => (number === 1 ? 'silent' : undefined) },
      })
      const failing = await serverWith({
        script: { append: (number) => (number <= 2 ? UNAVAILABLE : undefined) },
      })
      const one = await storeOn(healthy.url, { patience: { ...patience, tryMilliseconds: 5_000 } })
      const other = await storeOn(failing.url)
      const appending = one.append('s', 'noStream', [counted(0)])
      await vi.waitFor(() => expect(healthy.calls.append).toBe(1))
      await other.append('s', 'noStream', [counted(0)])
      expect((await appending).revision).toBe(0n)
      expect(healthy.log.all()).toHaveLength(1)
    })
  })

  describe('5: remembers a failed call of ServerFeatures', () => {
    it.each([INTERNAL, UNAVAILABLE])('is replaced after code %i', async (code) => {
      const server = await serverWith({ script: { features: (number) => (number === 1 ? code : undefined) } })
      const store = await storeOn(server.url)
      expect((await store.append('s', 'noStream', [counted(0)])).revision).toBe(0n)
      expect(server.calls.features).toBeGreaterThan(1)
    })

    it('is replaced when ServerFeatures says nothing', async () => {
      const server = await serverWith({
        script: { features: (number) => (number === 1 ? 'silent' : undefined) },
      })
      const store = await storeOn(server.url)
      expect((await store.append('s', 'noStream', [counted(0)])).revision).toBe(0n)
      expect(store.health?.()).toMatchObject({ status: 'connected', reconnects: 1, lastTrouble: 'TIMED_OUT' })
    })
  })

  describe('6: answers a refused append with a wrong revision', () => {
    it('is never told to, whatever the URL says', async () => {
      const server = await serverWith()
      const store = await storeOn(`${server.url}&throwOnAppendFailure=false`)
      await store.append('s', 'noStream', countedUpTo(42))
      await expect(store.append('s', 7n, [counted(0)])).rejects.toMatchObject({
        code: 'REVISION_CONFLICT',
        data: { expected: 7n, actual: 41n },
      })
    })
  })

  describe('7: stalls past a hundred streams on a connection', () => {
    it('is given one subscription, however many there are, and a few reads at a time', async () => {
      const server = await serverWith({ maxStreams: 100 })
      const store = await storeOn(server.url)
      const followers = Array.from({ length: 150 }, () => follow(store))
      await store.append('s', 'noStream', countedUpTo(3))
      const reads = Array.from({ length: 150 }, () => collect(store.readAll()))
      for (const events of await Promise.all(reads)) expect(events).toHaveLength(3)
      await vi.waitFor(() => {
        for (const { counts } of followers) expect(counts).toEqual([0, 1, 2])
      })
      expect(server.openSubscriptions()).toBe(1)
      expect((await store.append('s', 2n, [counted(3)])).revision).toBe(3n)
    })
  })

  describe('8: never subscribes again', () => {
    it.each(['cut', INTERNAL, UNAVAILABLE, ABORTED] as const)(
      'is subscribed anew from where it was after %s, without a gap or a double',
      async (doing) => {
        const server = await serverWith({
          script: { subscribe: (number) => (number <= 3 ? doing : undefined) },
        })
        const store = await storeOn(server.url)
        const { counts, subscription } = follow(store)
        for (const count of upTo(8)) await store.append('s', 'any', [counted(count)])
        await vi.waitFor(() => expect(counts).toEqual(upTo(8)), { timeout: 10_000 })
        expect(server.calls.subscribe).toBe(4)
        expect(store.health?.().resubscriptions).toBe(3)
        await subscription[Symbol.asyncDispose]()
      },
    )

    it('is replaced when a subscription is not confirmed', async () => {
      const server = await serverWith({
        script: { subscribe: (number) => (number === 1 ? 'silent' : undefined) },
      })
      server.log.append('s', 'any', [])
      const store = await storeOn(server.url)
      const { counts } = follow(store)
      for (const count of upTo(3)) await store.append('s', 'any', [counted(count)])
      await vi.waitFor(() => expect(counts).toEqual(upTo(3)), { timeout: 10_000 })
    })
  })

  describe('9: tells of a lost server by a plain Error', () => {
    it('is judged by its code: appends and subscriptions go on with the server', async () => {
      const first = await startScriptedServer()
      const store = await storeOn(first.url)
      const { counts } = follow(store)
      await store.append('s', 'noStream', [counted(0)])
      await vi.waitFor(() => expect(counts).toEqual([0]))
      await first[Symbol.asyncDispose]()
      const appending = store.append('s', 0n, [counted(1)])
      await delay(300)
      const again = await serverWith({ port: first.port, log: first.log })
      expect((await appending).revision).toBe(1n)
      await vi.waitFor(() => expect(counts).toEqual([0, 1]), { timeout: 10_000 })
      expect(again.log.all()).toHaveLength(2)
      expect(store.health?.().status).toBe('connected')
    })
  })

  describe('10: takes 20 s to notice a frozen server', () => {
    it('is replaced sooner: by an append, and by looking where nobody appends', async () => {
      const server = await serverWith()
      await using proxy = await startFreezableProxy(server.port)
      const store = await storeOn(proxy.url)
      const { counts } = follow(store)
      await store.append('s', 'noStream', [counted(0)])
      await vi.waitFor(() => expect(counts).toEqual([0]))
      proxy.freeze()
      await vi.waitFor(() => expect(store.health?.().reconnects).toBeGreaterThan(0), { timeout: 5_000 })
      expect(store.health?.()).toMatchObject({ status: 'reconnecting', lastTrouble: 'TIMED_OUT' })
      const appending = store.append('s', 0n, [counted(1)])
      proxy.thawForNewConnections()
      expect((await appending).revision).toBe(1n)
      await vi.waitFor(() => expect(counts).toEqual([0, 1]), { timeout: 10_000 })
      expect(server.log.all()).toHaveLength(2)
    })
  })

  describe('11: does not ask for the leader by default', () => {
    it('asks for it with every append, read and subscription', async () => {
      const server = await serverWith()
      const store = await storeOn(server.url)
      await store.append('s', 'noStream', [counted(0)])
      await collect(store.readAll())
      await collect(store.readStream('s'))
      expect(server.askedForLeader.length).toBeGreaterThan(3)
      expect(server.askedForLeader.every((asked) => asked)).toBe(true)
    })

    it('turns to the leader that a follower names', async () => {
      const leader = await serverWith()
      const follower = await serverWith({
        log: leader.log,
        script: { append: () => 'notLeader', subscribe: () => 'notLeader' },
        leaderPort: () => leader.port,
      })
      const store = await storeOn(follower.url)
      const { counts } = follow(store)
      expect((await store.append('s', 'noStream', [counted(0)])).revision).toBe(0n)
      expect(leader.calls.append).toBe(1)
      await vi.waitFor(() => expect(counts).toEqual([0]))
      expect(store.health?.().reconnects).toBe(0)
    })
  })

  describe('12: fails an append with an unknown error during an election', () => {
    it('is asked again until there is a leader', async () => {
      const server = await serverWith({
        script: { append: (number) => (number <= 4 ? 'notReady' : undefined) },
      })
      const store = await storeOn(server.url)
      expect((await store.append('s', 'noStream', [counted(0)])).revision).toBe(0n)
      expect(store.health?.().repeatedCalls).toBe(4)
    })
  })

  describe('beyond the twelve', () => {
    it('ends a cancelled read as if there were no more: such a page is read again', async () => {
      const server = await serverWith({
        script: {
          read: (number) => (number === 4 ? 'silent' : undefined),
          append: (number) => (number === 2 ? INTERNAL : undefined),
        },
      })
      const store = await storeOn(server.url, {
        watchEveryMilliseconds: 60_000,
        patience: { ...patience, tryMilliseconds: 5_000 },
      })
      await store.append('s', 'noStream', countedUpTo(3))
      while (server.calls.read < 3) await collect(store.readStream('s'))
      const reading = collect(store.readStream('s'))
      await vi.waitFor(() => expect(server.calls.read).toBe(4))
      // Its failure replaces the client under the read.
      await store.append('s', 2n, [counted(3)])
      expect((await reading).slice(0, 3).map((event) => event.revision)).toEqual([0n, 1n, 2n])
    })

    it('refuses at once what would fill the memory while the server says nothing', async () => {
      let silent = true
      const server = await serverWith({ script: { append: () => (silent ? 'silent' : undefined) } })
      const store = await storeOn(server.url, { maxPendingAppends: 3 })
      const appending = upTo(3).map((count) => store.append(freshStream(), 'noStream', [counted(count)]))
      await expect(store.append('s', 'noStream', [counted(3)])).rejects.toMatchObject({
        code: 'TOO_BUSY',
        data: { pending: 3, limit: 3 },
      })
      expect(store.health?.()).toMatchObject({ pendingAppends: 3, limit: 3, refusedAppends: 1 })
      silent = false
      expect(await Promise.all(appending)).toHaveLength(3)
      expect(server.log.all()).toHaveLength(3)
    })

    it('keeps a subscription over an outage longer than anybody else waits', async () => {
      let down = false
      const server = await serverWith({ script: { read: () => (down ? UNAVAILABLE : undefined) } })
      for (const count of upTo(3)) {
        const { id, data } = counted(count)
        server.log.append('s', 'any', [keptEvent(id, data)])
      }
      const store = await storeOn(server.url, { patience: { ...patience, callMilliseconds: 200 } })
      down = true
      const { counts } = follow(store)
      await expect(collect(store.readAll())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      down = false
      await vi.waitFor(() => expect(counts).toEqual(upTo(3)), { timeout: 10_000 })
    })

    it('tells who appends when it is not known in time what is in the stream', async () => {
      let heldBack = false
      const server = await serverWith({ script: { holdsBack: () => heldBack } })
      const store = await storeOn(server.url, { patience: { ...patience, callMilliseconds: 300 } })
      heldBack = true
      const { id, data } = counted(0)
      server.log.append('s', 'noStream', [keptEvent(id, data)])
      await expect(store.append('s', 0n, [counted(1)])).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        data: { reason: 'FEED_BEHIND' },
      })
    })

    it('is judged final where asking again cannot help', async () => {
      const PERMISSION_DENIED = 7
      const server = await serverWith({ script: { append: () => PERMISSION_DENIED } })
      const store = await storeOn(server.url)
      await expect(store.append('s', 'noStream', [counted(0)])).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
      })
      expect(server.calls.append).toBe(1)
    })
  })
})
