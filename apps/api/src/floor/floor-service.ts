import {
  type AgentId,
  carryOver,
  type FloorCommand,
  type FloorEvent,
  type FloorId,
  type FloorRefusal,
  type FloorState,
  floorDecider,
  floorStream,
  millisecondsBetween,
  NOTHING_CARRIED_OVER,
  parseId,
  signingOffOnFloor,
} from '@centralino/domain'
import {
  type CommandContext,
  createCommandHandler,
  type EventStore,
  type Handled,
  uuidv7,
} from '@centralino/event-store'
import { afresh, hubActor } from '../commands/because.ts'
import { createSerialQueue } from '../concurrency/serial-queue.ts'
import type { Directory } from '../directory/directory.ts'
import type { Clock } from '../time/clock.ts'
import { type Due, dueOnFloor, earliest } from './due.ts'
import { dayOf, millisecondsToMidnight } from './floor-day.ts'

type Bare<C> = C extends FloorCommand ? Omit<C, 'floorId' | 'at'> : never
/** A floor command as others give it: floor, day and time are the service's. */
export type FloorOrder = Bare<Exclude<FloorCommand, { type: 'OpenFloorDay' | 'RouteNext' }>>
export type FloorHandled = Handled<FloorEvent, FloorRefusal>

/**
 * The one writer of a floor's day. Commands run one after the other; after each change the service routes until nothing
 * more matches, and lapses offers and ends wrap-ups when their time is up. All it needs stands in the day's stream, so a
 * restart goes on where the last run stopped. Throws `TOO_BUSY` past 10,000 waiting commands, and what the store throws.
 */
export type FloorService = AsyncDisposable & {
  /** Opens today's stream with what the last day left over, arms the timers and routes. */
  start(): Promise<void>
  /** As of the last change. */
  state(): FloorState
  run(order: FloorOrder, context: CommandContext): Promise<FloorHandled>
  /** Told after each change and before the routing that follows it: a command given at once comes first. */
  onChange(listener: (state: FloorState) => void): () => void
  /** Resolves when no command and no routing is waiting. */
  idle(): Promise<void>
}

export type FloorServiceOptions = {
  readonly store: EventStore
  readonly floorId: FloorId
  /** Where the floor's day begins and ends, such as `Europe/Rome`. */
  readonly timeZone: string
  readonly clock: Clock
  readonly directory: Pick<Directory, 'lastFloorDay'>
  /** A whole number from 0 to 2^32 - 1: breaks ties, and is recorded with the offer. */
  readonly drawSeed: () => number
  /** A timer's or the routing's failure; it is tried again after a second. */
  readonly onFailure: (error: unknown) => void
}

const WAITING_COMMANDS = 10_000
const RETRY_MILLISECONDS = 1_000

export const createFloorService = (options: FloorServiceOptions): FloorService => {
  const { floorId, timeZone, clock, onFailure } = options
  let day = ''
  const streamNow = () => floorStream(floorId, day)
  const handler = createCommandHandler({
    store: options.store,
    decider: floorDecider,
    streamOf: (_command: FloorCommand) => streamNow(),
  })
  const queue = createSerialQueue(WAITING_COMMANDS)
  const listeners = new Set<(state: FloorState) => void>()
  let state: FloorState = floorDecider.initialState
  let stopped = false
  let routing: 'idle' | 'scheduled' = 'idle'
  let callOffDue = () => {}
  let callOffMidnight = () => {}
  let callOffRetry = () => {}

  const timers = hubActor('floor')

  /** Tasks that nobody awaits: a failure is reported and the whole state is looked at again a little later. */
  const inTurn = (task: () => Promise<void>) => {
    queue.run(task).catch((error: unknown) => {
      if (stopped) return
      onFailure(error)
      lookAgainSoon()
    })
  }

  const lookAgainSoon = () => {
    callOffRetry()
    if (stopped) return
    callOffRetry = clock.after(RETRY_MILLISECONDS, () =>
      inTurn(async () => {
        state = await handler.state(streamNow())
        changed(afresh(timers))
      }),
    )
  }

  const changed = (cause: CommandContext) => {
    if (stopped) return
    armDue()
    for (const listener of listeners) {
      try {
        listener(state)
      } catch (error) {
        onFailure(error)
      }
    }
    if (routing === 'scheduled') return
    routing = 'scheduled'
    inTurn(async () => {
      routing = 'idle'
      await routeOnce(cause)
    })
  }

  /** One offer a turn, so that an agent's answer never waits behind a long line of matches. */
  const routeOnce = async (cause: CommandContext) => {
    const { idempotencyKey: _key, customerId: _customer, ...context } = cause
    await handleNow(
      { type: 'RouteNext', offerId: parseId('offer', uuidv7()), seed: options.drawSeed() },
      { ...context, actor: timers },
    )
  }

  const handleNow = async (
    order: FloorOrder | Bare<Extract<FloorCommand, { type: 'RouteNext' }>>,
    context: CommandContext,
  ): Promise<FloorHandled> => {
    await openToday()
    try {
      const handled = await handler.handle({ ...order, floorId, at: clock.now() } as FloorCommand, context)
      state = await handler.state(streamNow())
      if (handled.outcome === 'accepted' && handled.events.length > 0) {
        const last = handled.events.at(-1)
        changed({ ...context, causationId: last?.id ?? context.causationId })
      }
      return handled
    } catch (error) {
      // It may have been appended all the same: look again, so that no timer is armed by what is past.
      lookAgainSoon()
      throw error
    }
  }

  /**
   * Moves to today's stream when the local date has changed. A clock that was set back opens nothing: the last day goes
   * on. Opening twice is refused by the stream itself, so a crash in between does no harm.
   */
  const openToday = async () => {
    const today = dayOf(clock.now(), timeZone)
    if (day !== '' && today <= day) return
    const last = day === '' ? options.directory.lastFloorDay(floorId) : day
    let carriedOver = NOTHING_CARRIED_OVER
    let signingOff: readonly AgentId[] = []
    if (last !== null) {
      day = last
      state = await handler.state(streamNow())
      if (today <= last) return
      carriedOver = carryOver(state)
      signingOff = signingOffOnFloor(state)
    }
    day = today
    await handler.handle(
      { type: 'OpenFloorDay', floorId, day, carriedOver, signingOff, at: clock.now() },
      afresh(timers),
    )
    state = await handler.state(streamNow())
    armMidnight()
  }

  const armMidnight = () => {
    callOffMidnight()
    if (stopped) return
    callOffMidnight = clock.after(millisecondsToMidnight(clock.now(), timeZone), () =>
      inTurn(async () => {
        await openToday()
        armMidnight()
        changed(afresh(timers))
      }),
    )
  }

  const armDue = () => {
    callOffDue()
    const next = earliest(dueOnFloor(state))
    if (next === null || stopped) return
    // At least a millisecond: a machine's timer may fire a hair before its clock says so.
    const wait = Math.max(1, millisecondsBetween(clock.now(), next.at))
    callOffDue = clock.after(wait, () => inTurn(collectDue))
  }

  const collectDue = async () => {
    for (const due of dueOnFloor(state)) {
      if (due.at <= clock.now()) await handleNow(orderFor(due), afresh(timers))
    }
    armDue()
  }

  return {
    start: async () => {
      await queue.run(openToday)
      armMidnight()
      changed(afresh(timers))
    },
    state: () => state,
    run: (order, context) => queue.run(() => handleNow(order, context)),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    idle: () => queue.idle(),
    [Symbol.asyncDispose]: async () => {
      stopped = true
      callOffDue()
      callOffMidnight()
      callOffRetry()
      await queue.idle()
    },
  }
}

const orderFor = (due: Due): FloorOrder =>
  due.kind === 'offerExpires'
    ? { type: 'LapseOffer', offerId: due.offerId }
    : { type: 'FinishWrapUp', agentId: due.agentId, how: 'timeUp' }
