import {
  type InteractionCommand,
  type InteractionId,
  type InteractionState,
  interactionStream,
  type RecordedEvent,
  type ThreadId,
} from '@centralino/domain'
import { becauseOf } from '../commands/because.ts'
import type { CommandHandlers } from '../commands/command-handlers.ts'
import type { FloorOrder, FloorService } from '../floor/floor-service.ts'
import type { Identification } from '../identification/identification.ts'
import type { Log } from '../observability/logger.ts'
import type { UnansweredBy } from './unsent-reply.ts'

/** What one contact's journey leads through. */
export type JourneyRooms = {
  readonly handlers: Pick<CommandHandlers, 'agent' | 'call' | 'interaction' | 'queue'>
  readonly floor: Pick<FloorService, 'run' | 'state'>
  readonly identification: Pick<Identification, 'recordUse'>
  /** The reply in an interaction that did not go out, or came back, with nothing sent after it. */
  readonly unsentReply: (threadId: ThreadId, interactionId: InteractionId) => Promise<UnansweredBy | null>
  readonly log: Pick<Log, 'debug'>
}

export const interactionOf = (rooms: JourneyRooms, interactionId: InteractionId): Promise<InteractionState> =>
  rooms.handlers.interaction.state(interactionStream(interactionId))

export const tell = async (
  rooms: JourneyRooms,
  event: RecordedEvent,
  command: InteractionCommand,
  purpose: string = command.type,
): Promise<void> => {
  const state = await interactionOf(rooms, command.interactionId)
  const customerId = state.status === 'none' ? undefined : state.customerId
  const handled = await rooms.handlers.interaction.handle(
    command,
    becauseOf(event, purpose, { actor: event.metadata.actor, customerId }),
  )
  if (handled.outcome === 'refused') movedOn(rooms, event, command.type, handled.refusal.code)
}

export const order = async (rooms: JourneyRooms, event: RecordedEvent, step: FloorOrder): Promise<void> => {
  const handled = await rooms.floor.run(step, becauseOf(event, step.type, { actor: event.metadata.actor }))
  if (handled.outcome === 'refused') movedOn(rooms, event, step.type, handled.refusal.code)
}

export const movedOn = (rooms: JourneyRooms, event: RecordedEvent, command: string, code: string): void =>
  rooms.log.debug({ event: event.type, command, code }, 'the contact moved on meanwhile')
