import { type RecordedEvent, unreachable } from '@centralino/domain'
import type { EventStore, Subscription } from '@centralino/event-store'
import { type Clock, systemClock } from '../time/clock.ts'
import { lowWaterMark } from './low-water-mark.ts'
import { withRetries } from './retry.ts'
import type { StateFile } from './state-file.ts'

/**
 * Does what an event of the log asks for, at least once.
 *
 * Nothing that follows from an event is done by whoever appended it: it is done here, from the log, by one path whether
 * the hub runs on or comes back from a `kill -9`. The checkpoint is written after the effects, so a crash repeats the
 * last half second of them and loses none; what is repeated finds its own traces (event ids derived from the cause, order
 * ids that the edge knows, states that have moved on) and changes nothing.
 */
export type Reactor = AsyncDisposable & {
  start(): Promise<void>
  /** Resolves once everything up to that position of the log is done, or the reactor has stopped. */
  settled(position: string): Promise<void>
  /** Everything up to here is done. */
  readonly position: string | null
  /** Resolves when the reactor has stopped; rejects with what broke its subscription. */
  readonly ended: Promise<void>
}

export type ReactorOptions = {
  readonly name: string
  readonly store: EventStore
  readonly checkpoint: StateFile<string>
  /** Called with every event in order, before any reaction to it: where a fold is kept up to date. */
  readonly onSeen?: (event: RecordedEvent) => void
  /** Events of one lane are reacted to one after the other, lanes side by side. Null: nothing follows from this event. */
  readonly laneOf: (event: RecordedEvent) => string | null
  readonly react: (event: RecordedEvent) => Promise<void>
  readonly onFailure: (failure: ReactionFailure) => void
  readonly clock?: Pick<Clock, 'after'>
  /** Reactions under way at once; the log is not read further until there are fewer. Default 1,000. */
  readonly maximumUnderWay?: number
  /** Default 500 ms. */
  readonly checkpointEveryMilliseconds?: number
}

export type ReactionFailure = {
  readonly reactor: string
  readonly eventId: string
  readonly eventType: string
  readonly attempt: number
  readonly givenUp: boolean
  readonly error: unknown
}

const STOPPING_MILLISECONDS = 1_000

export const createReactor = (options: ReactorOptions): Reactor => {
  const { name, store, checkpoint, laneOf, react, onFailure, onSeen } = options
  const clock = options.clock ?? systemClock
  const maximumUnderWay = options.maximumUnderWay ?? 1_000
  const checkpointEvery = options.checkpointEveryMilliseconds ?? 500
  const lanes = new Map<string, Promise<void>>()
  const waiting = new Set<{ readonly position: string; readonly resolve: () => void }>()
  const ended = Promise.withResolvers<void>()
  // Whoever watches it may begin after it has rejected.
  ended.promise.catch(() => {})
  let subscription: Subscription | null = null
  let stopped = false
  let room = Promise.withResolvers<void>()
  let mark = lowWaterMark(null, () => {})
  let saved: string | null = null
  let saving: Promise<void> = Promise.resolve()
  let callOffSave: (() => void) | null = null

  const save = (): Promise<void> => {
    callOffSave?.()
    callOffSave = null
    const position = mark.position
    if (position === null || position === saved) return saving
    saved = position
    saving = saving
      .then(() => checkpoint.save(position))
      // An older checkpoint is as right as a newer one: only more is done again.
      .catch((error: unknown) =>
        onFailure({ reactor: name, eventId: '', eventType: 'checkpoint', attempt: 1, givenUp: false, error }),
      )
    return saving
  }

  const onMove = (position: string) => {
    room.resolve()
    room = Promise.withResolvers()
    for (const waiter of waiting) {
      if (waiter.position > position) continue
      waiting.delete(waiter)
      waiter.resolve()
    }
    if (!stopped) callOffSave ??= clock.after(checkpointEvery, () => void save())
  }

  const reactWithRetries = async (event: RecordedEvent, done: () => void): Promise<void> => {
    const report = (error: unknown, attempt: number, givenUp: boolean) =>
      onFailure({ reactor: name, eventId: event.id, eventType: event.type, attempt, givenUp, error })
    let last: { error: unknown; attempt: number } | null = null
    const outcome = await withRetries(() => react(event), {
      clock,
      stopped: () => stopped,
      onFailure: (error, attempt) => {
        last = { error, attempt }
        report(error, attempt, false)
      },
    })
    switch (outcome) {
      case 'done':
        return done()
      case 'givenUp': {
        const { error, attempt } = last ?? { error: null, attempt: 0 }
        report(error, attempt, true)
        return done()
      }
      case 'closed':
        return
      default:
        return unreachable(outcome)
    }
  }

  const onEvents = async (events: readonly RecordedEvent[]): Promise<void> => {
    for (const event of events) {
      while (mark.underWay >= maximumUnderWay && !stopped) await room.promise
      if (stopped) return
      onSeen?.(event)
      const done = mark.begin(event.position)
      const lane = laneOf(event)
      if (lane === null) {
        done()
        continue
      }
      const turn = (lanes.get(lane) ?? Promise.resolve()).then(() => reactWithRetries(event, done))
      lanes.set(lane, turn)
      void turn.finally(() => {
        if (lanes.get(lane) === turn) lanes.delete(lane)
      })
    }
  }

  return {
    start: async () => {
      const position = await checkpoint.load()
      saved = position
      mark = lowWaterMark(position, onMove)
      subscription = store.subscribe(position, { onEvents })
      subscription.ended.then(ended.resolve, ended.reject)
    },
    settled: (position) => {
      if (mark.position !== null && mark.position >= position) return Promise.resolve()
      return new Promise((resolve) => waiting.add({ position, resolve }))
    },
    get position() {
      return mark.position
    },
    ended: ended.promise,
    [Symbol.asyncDispose]: async () => {
      stopped = true
      room.resolve()
      await subscription?.[Symbol.asyncDispose]()
      // A reaction that waits for an order's answer may wait long; unfinished, it is done again at the next start.
      const timeUp = Promise.withResolvers<void>()
      const callOff = clock.after(STOPPING_MILLISECONDS, timeUp.resolve)
      await Promise.race([Promise.allSettled(lanes.values()), timeUp.promise])
      callOff()
      await save()
      for (const waiter of waiting) waiter.resolve()
      waiting.clear()
      ended.resolve()
    },
  }
}
