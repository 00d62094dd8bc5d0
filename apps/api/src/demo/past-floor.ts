import {
  type FloorCommand,
  type FloorId,
  floorDecider,
  floorStream,
  type Instant,
  NOTHING_CARRIED_OVER,
  type OfferId,
  parseId,
  plusMilliseconds,
  type WaitingWork,
} from '@centralino/domain'
import { createCommandHandler, type EventStore, uuidv7 } from '@centralino/event-store'
import { afresh, hubActor } from '../commands/because.ts'
import { DEMO_AGENTS } from './people.ts'

type Bare<C> = C extends FloorCommand ? Omit<C, 'floorId'> : never
type Offered = {
  readonly offerId: OfferId
  readonly agentId: WaitingWork['missedBy'][number]
  readonly expiresAt: Instant
}

/** A past day of the floor, commanded as it would have been then. */
export type PastFloor = {
  /** Opens that day with all agents ready, one after the other, unless it is open. */
  begin(day: string, at: Instant): Promise<void>
  run(command: Bare<FloorCommand>): Promise<void>
  /** Who is asked now; throws when nobody is. */
  routeNext(at: Instant): Promise<Offered>
  everybody(what: 'BecomeReady' | 'BecomeNotReady', at: Instant): Promise<void>
  /** Everybody goes home. */
  end(at: Instant): Promise<void>
}

export const createPastFloor = (store: EventStore, floorId: FloorId): PastFloor => {
  let day: string | null = null
  let seed = 0
  const handler = createCommandHandler({
    store,
    decider: floorDecider,
    streamOf: (_command: FloorCommand) => floorStream(floorId, day ?? ''),
  })
  const context = () => afresh(hubActor('floor'))

  const handle = async (command: Bare<FloorCommand>) => {
    const handled = await handler.handle({ ...command, floorId } as FloorCommand, context())
    if (handled.outcome === 'refused') {
      throw new Error(`the demo's floor was refused ${command.type}: ${handled.refusal.code}`)
    }
    return handled.events
  }
  const everybody: PastFloor['everybody'] = async (what, at) => {
    for (const { agentId } of DEMO_AGENTS) {
      await handle(
        what === 'BecomeReady' ? { type: what, agentId, at } : { type: what, agentId, at, reason: 'meeting' },
      )
    }
  }

  return {
    begin: async (next, at) => {
      if (day === next) return
      day = next
      await handle({ type: 'OpenFloorDay', day, carriedOver: NOTHING_CARRIED_OVER, signingOff: [], at })
      for (const [index, { agentId, skills }] of DEMO_AGENTS.entries()) {
        const came = plusMilliseconds(at, (index + 1) * 127_000)
        await handle({ type: 'SignOn', agentId, skills, at: came })
        await handle({ type: 'BecomeReady', agentId, at: plusMilliseconds(came, 41_000) })
      }
    },
    run: async (command) => void (await handle(command)),
    routeNext: async (at) => {
      seed += 1
      const events = await handle({ type: 'RouteNext', offerId: parseId('offer', uuidv7()), seed, at })
      for (const { type, data } of events) if (type === 'WorkOffered') return data
      throw new Error('nobody was free for a contact of the demo')
    },
    everybody,
    end: async (at) => {
      if (day === null) return
      for (const { agentId } of DEMO_AGENTS) await handle({ type: 'SignOff', agentId, at })
      day = null
    },
  }
}
