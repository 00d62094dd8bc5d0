import {
  type AgentId,
  type Decision,
  type HandlingEnd,
  type Instant,
  type InteractionCommand,
  type InteractionId,
  type OfferId,
  plusMilliseconds,
  type Refusal,
  type WaitingWork,
} from '@centralino/domain'
import type { Handled } from '@centralino/event-store'
import { afresh, hubActor } from '../commands/because.ts'
import type { CommandHandlers } from '../commands/command-handlers.ts'
import type { Identification } from '../identification/identification.ts'
import type { PastFloor } from './past-floor.ts'
import type { DemoQueue } from './people.ts'

/** What a contact of the past is told with. */
export type PastRooms = {
  readonly handlers: CommandHandlers
  readonly identification: Identification
  readonly floor: PastFloor
}

export const SECOND = 1_000
export const after = (at: Instant, seconds: number): Instant =>
  plusMilliseconds(at, Math.round(seconds * SECOND))

/** The demo's script must fit the rules: a refusal is a mistake in it. */
export const accepted = (
  what: string,
  handled: Pick<Handled<never, Refusal>, 'outcome'> | Pick<Decision<never, Refusal>, 'outcome'>,
): void => {
  if (handled.outcome === 'accepted') return
  const { code } = 'refusal' in handled ? (handled.refusal as Refusal) : { code: '' }
  throw new Error(`the demo's ${what} was refused: ${code}`)
}

/** One interaction's commands, and the floor's beside them, in the order in which they would have come. */
export const tellInteraction = async ({ handlers }: PastRooms, command: InteractionCommand): Promise<void> =>
  accepted(command.type, await handlers.interaction.handle(command, afresh(hubActor('demo'))))

type Served = { readonly offerId: OfferId; readonly agentId: AgentId; readonly at: Instant }

const workOf = (
  interactionId: InteractionId,
  { queueId, settings }: DemoQueue,
  channel: WaitingWork['channel'],
  enqueuedAt: Instant,
): WaitingWork => ({
  interactionId,
  queueId,
  channel,
  requiredSkills: settings.requiredSkills,
  offerTimeoutSeconds: settings.offerTimeoutSeconds,
  wrapUpSeconds: settings.wrapUpSeconds,
  enqueuedAt,
  countsFrom: enqueuedAt,
  place: 'inOrder',
  missedBy: [],
})

export const enqueue = (
  { floor }: PastRooms,
  interactionId: InteractionId,
  queue: DemoQueue,
  channel: WaitingWork['channel'],
  at: Instant,
): Promise<void> => floor.run({ type: 'Enqueue', work: workOf(interactionId, queue, channel, at), at })

/** From the queue to an agent's hand; `missedOnce`: the first who was asked did not answer in time. */
export const serve = async (
  rooms: PastRooms,
  interactionId: InteractionId,
  at: Instant,
  how: { readonly ringSeconds: number; readonly missedOnce: boolean },
): Promise<Served> => {
  const { floor } = rooms
  let offer = await floor.routeNext(at)
  let asked = at
  await tellInteraction(rooms, { type: 'RecordOffer', interactionId, ...offerOf(offer), at })
  if (how.missedOnce) {
    asked = offer.expiresAt
    const missed = offer
    await floor.run({ type: 'LapseOffer', offerId: missed.offerId, at: asked })
    await tellInteraction(rooms, {
      type: 'EndOffer',
      interactionId,
      offerId: missed.offerId,
      how: 'lapsed',
      at: asked,
    })
    offer = await floor.routeNext(asked)
    await tellInteraction(rooms, { type: 'RecordOffer', interactionId, ...offerOf(offer), at: asked })
    await floor.run({ type: 'BecomeReady', agentId: missed.agentId, at: after(asked, 95) })
  }
  const { offerId, agentId } = offer
  const answered = after(asked, how.ringSeconds)
  await floor.run({ type: 'AcceptOffer', offerId, agentId, at: answered })
  await tellInteraction(rooms, { type: 'StartHandling', interactionId, offerId, agentId, at: answered })
  return { offerId, agentId, at: answered }
}

const offerOf = ({
  offerId,
  agentId,
  expiresAt,
}: {
  offerId: OfferId
  agentId: AgentId
  expiresAt: Instant
}) => ({
  offerId,
  agentId,
  expiresAt,
})

/** The contact ends, the agent writes down what came of it and is ready again. */
export const wrapUp = async (
  rooms: PastRooms,
  interactionId: InteractionId,
  agentId: AgentId,
  at: Instant,
  end: HandlingEnd,
  { disposition, note }: Pick<Extract<InteractionCommand, { type: 'WrapUp' }>, 'disposition' | 'note'>,
): Promise<void> => {
  const written = after(at, 12 + (note.length % 25))
  await tellInteraction(rooms, { type: 'EndHandling', interactionId, how: end, at })
  await rooms.floor.run({ type: 'StartWrapUp', interactionId, at })
  await tellInteraction(rooms, { type: 'WrapUp', interactionId, agentId, disposition, note, at: written })
  await rooms.floor.run({ type: 'FinishWrapUp', agentId, how: 'byAgent', at: written })
}
