import type { Decider, DomainEvent, Refusal } from '@centralino/domain'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { collect } from '../contract/log-under-test.ts'
import type { EventStore } from '../event-store.ts'
import { EventStoreError } from '../event-store-error.ts'
import { temporaryEventStore } from '../testing/temporary-event-store.ts'
import type { CommandContext } from './command-handler.ts'
import { createCommandHandler } from './create-command-handler.ts'

type DoorEvent =
  | DomainEvent<'DoorOpened', { readonly door: string; readonly at: string }>
  | DomainEvent<'DoorClosed', { readonly door: string }>
  | DomainEvent<'BellRang', { readonly door: string }>
type DoorCommand =
  | { readonly type: 'Open'; readonly door: string; readonly at: string; readonly bell?: boolean }
  | { readonly type: 'Close'; readonly door: string }
  | { readonly type: 'Ring'; readonly door: string; readonly times: number }
type DoorState = { readonly status: 'open' | 'closed'; readonly rings: number }
type DoorRefusal = Refusal<'OPEN_ALREADY', { door: string }>

/** Opening an open door is refused; closing a closed one is nothing to do. */
const door: Decider<DoorCommand, DoorEvent, DoorState, DoorRefusal> = {
  initialState: { status: 'closed', rings: 0 },
  decide: (command, state) => {
    switch (command.type) {
      case 'Open': {
        if (state.status === 'open') {
          return { outcome: 'refused', refusal: { code: 'OPEN_ALREADY', data: { door: command.door } } }
        }
        const opened: DoorEvent = { type: 'DoorOpened', data: { door: command.door, at: command.at } }
        const rang: DoorEvent = { type: 'BellRang', data: { door: command.door } }
        return { outcome: 'accepted', events: command.bell === true ? [opened, rang] : [opened] }
      }
      case 'Close': {
        if (state.status === 'closed') return { outcome: 'accepted', events: [] }
        return { outcome: 'accepted', events: [{ type: 'DoorClosed', data: { door: command.door } }] }
      }
      case 'Ring': {
        if (command.times < 0) throw new Error('a bug in the decider')
        return {
          outcome: 'accepted',
          events: Array.from({ length: command.times }, () => ({
            type: 'BellRang',
            data: { door: command.door },
          })),
        }
      }
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'DoorOpened':
        return { ...state, status: 'open' }
      case 'DoorClosed':
        return { ...state, status: 'closed' }
      case 'BellRang':
        return { ...state, rings: state.rings + 1 }
      default:
        return state
    }
  },
}

const context: CommandContext = {
  actor: { kind: 'agent', id: 'anna' },
  correlationId: 'call-1',
  causationId: 'fact-1',
}
const keyed = (idempotencyKey: string): CommandContext => ({ ...context, idempotencyKey })
const open = (name: string, bell = false): DoorCommand => ({
  type: 'Open',
  door: name,
  at: '2026-11-24T05:20:43.123Z',
  ...(bell ? { bell } : {}),
})
const close = (name: string): DoorCommand => ({ type: 'Close', door: name })
const ring = (name: string, times = 1): DoorCommand => ({ type: 'Ring', door: name, times })

let store: EventStore
beforeEach(async () => {
  store = await temporaryEventStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
})
const handlerOn = (over: EventStore, cachedStreams?: number) =>
  createCommandHandler({
    store: over,
    decider: door,
    streamOf: (command: DoorCommand) => `door-${command.door}`,
    ...(cachedStreams === undefined ? {} : { cachedStreams }),
  })

describe('command handler', () => {
  it('appends what was decided, with who asked, why and when', async () => {
    const handled = await handlerOn(store).handle(open('a', true), { ...context, customerId: 'c-1' })
    expect(handled).toMatchObject({ outcome: 'accepted', revision: 1n })
    const events = await collect(store.readStream('door-a'))
    expect(handled).toMatchObject({
      events: events.map(({ id, type, data, metadata }) => ({ id, type, data, metadata })),
    })
    expect(events[0]).toMatchObject({
      type: 'DoorOpened',
      schemaVersion: 1,
      metadata: {
        occurredAt: '2026-11-24T05:20:43.123Z',
        actor: { kind: 'agent', id: 'anna' },
        correlationId: 'call-1',
        causationId: 'fact-1',
        customerId: 'c-1',
      },
    })
    // An event without a time of its own has the command's.
    expect(events[1]?.metadata.occurredAt).toBe('2026-11-24T05:20:43.123Z')
  })

  it('answers a refusal as a value and appends nothing', async () => {
    const handler = handlerOn(store)
    await handler.handle(open('a'), context)
    expect(await handler.handle(open('a'), context)).toEqual({
      outcome: 'refused',
      refusal: { code: 'OPEN_ALREADY', data: { door: 'a' } },
    })
    expect(await collect(store.readStream('door-a'))).toHaveLength(1)
  })

  it('accepts nothing to do with no events, on a stream that is there or not', async () => {
    const handler = handlerOn(store)
    expect(await handler.handle(close('a'), context)).toEqual({
      outcome: 'accepted',
      events: [],
      revision: null,
    })
    await handler.handle(open('a'), context)
    await handler.handle(close('a'), context)
    expect(await handler.handle(close('a'), context)).toEqual({
      outcome: 'accepted',
      events: [],
      revision: 1n,
    })
  })

  it('writes the schema version it is told', async () => {
    const handler = createCommandHandler({
      store,
      decider: door,
      streamOf: (command: DoorCommand) => `door-${command.door}`,
      schemaVersions: { DoorOpened: 4 },
    })
    await handler.handle(open('a', true), context)
    expect((await collect(store.readStream('door-a'))).map((event) => event.schemaVersion)).toEqual([4, 1])
  })

  it('folds what others appended, and streams that fell out of its memory', async () => {
    const handler = handlerOn(store, 2)
    for (const name of ['a', 'b', 'c', 'd']) await handler.handle(ring(name, 3), context)
    await handlerOn(store).handle(ring('a', 2), context)
    expect(await handler.state('door-a')).toEqual({ status: 'closed', rings: 5 })
    expect(await handler.state('door-d')).toEqual({ status: 'closed', rings: 3 })
    expect(await handler.state('door-never')).toEqual(door.initialState)
    expect(await handler.handle(ring('a'), context)).toMatchObject({ revision: 5n })
  })

  it('throws what the decider throws, and handles the next command', async () => {
    const handler = handlerOn(store)
    const answers = await Promise.allSettled([
      handler.handle(ring('a', -1), context),
      handler.handle(ring('a'), context),
    ])
    expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'fulfilled'])
  })
})

describe('commands at the same time', () => {
  it('all take effect, through one handler and through several', async () => {
    const handlers = [handlerOn(store), handlerOn(store), handlerOn(store)]
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => handlers[index % 3]?.handle(ring('a'), context)),
    )
    expect(await handlers[0]?.state('door-a')).toEqual({ status: 'closed', rings: 60 })
    expect(await collect(store.readStream('door-a'))).toHaveLength(60)
  })

  it('decide anew after a conflict: one of two openings is refused', async () => {
    const answers = await Promise.all([
      handlerOn(store).handle(open('a'), context),
      handlerOn(store).handle(open('a'), context),
    ])
    expect(answers.map((answer) => answer.outcome).toSorted()).toEqual(['accepted', 'refused'])
  })

  it('are never refused, nor told that there is nothing to do, for what another handler has changed', async () => {
    const [one, other] = [handlerOn(store), handlerOn(store)]
    await one.handle(open('a'), context)
    await other.handle(close('a'), context)
    expect(await one.handle(open('a'), context)).toMatchObject({ outcome: 'accepted', revision: 2n })
    expect(await other.handle(close('a'), context)).toMatchObject({ outcome: 'accepted', revision: 3n })
  })

  it('give up on a stream that never stands still, after ten attempts', async () => {
    const conflict = new EventStoreError('REVISION_CONFLICT', {
      stream: 'door-a',
      expected: 'noStream',
      actual: 0n,
    })
    const append = vi.fn(() => Promise.reject(conflict))
    await expect(handlerOn({ ...store, append }).handle(open('a'), context)).rejects.toBe(conflict)
    expect(append).toHaveBeenCalledTimes(10)
  })

  it('try nothing twice but a conflict', async () => {
    const full = new EventStoreError('DISK_FULL', { reason: 'ENOSPC' })
    const append = vi.fn(() => Promise.reject(full))
    await expect(handlerOn({ ...store, append }).handle(open('a'), context)).rejects.toBe(full)
    expect(append).toHaveBeenCalledTimes(1)
  })
})

describe('a repeated command with an idempotency key', () => {
  it('answers with the first events, whatever the stream has become', async () => {
    const handler = handlerOn(store)
    const first = await handler.handle(ring('a', 2), keyed('k'))
    await handler.handle(open('a'), context)
    const again = await handler.handle(ring('a', 2), keyed('k'))
    expect(again).toEqual({ ...first, revision: 2n })
    expect(await collect(store.readStream('door-a'))).toHaveLength(3)
  })

  it('is accepted where it would now be refused, also after a restart', async () => {
    const first = await handlerOn(store).handle(open('a', true), keyed('k'))
    const again = await handlerOn(store).handle(open('a', true), keyed('k'))
    expect(first).toMatchObject({ outcome: 'accepted', revision: 1n })
    expect(again).toEqual(first)
    expect(await handlerOn(store).handle(open('a'), keyed('other'))).toMatchObject({ outcome: 'refused' })
  })

  it('answers with the first events where there is nothing to do any more', async () => {
    const handler = handlerOn(store)
    await handler.handle(open('a'), context)
    const first = await handler.handle(close('a'), keyed('k'))
    expect(await handler.handle(close('a'), keyed('k'))).toEqual(first)
    expect(first).toMatchObject({ events: [{ type: 'DoorClosed' }] })
  })

  it('keeps to the first events where it would now come to more, fewer or others', async () => {
    const handler = handlerOn(store)
    const first = await handler.handle(ring('a', 2), keyed('k'))
    for (const times of [1, 3]) {
      expect(await handler.handle(ring('a', times), keyed('k'))).toEqual(first)
      expect(await handlerOn(store).handle(ring('a', times), keyed('k'))).toEqual(first)
    }
    expect(await handler.handle(open('a'), keyed('k'))).toEqual(first)
    expect(await handler.state('door-a')).toEqual({ status: 'closed', rings: 2 })
  })

  it('takes effect once when it comes many times at once', async () => {
    const handlers = [handlerOn(store), handlerOn(store)]
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => handlers[index % 2]?.handle(open('a', true), keyed('k'))),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await collect(store.readStream('door-a'))).toHaveLength(2)
  })

  it('is another command on another stream', async () => {
    const handler = handlerOn(store)
    await handler.handle(open('a'), keyed('k'))
    await handler.handle(open('b'), keyed('k'))
    expect(await handler.state('door-b')).toMatchObject({ status: 'open' })
  })
})
