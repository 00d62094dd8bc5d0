import {
  type AgentId,
  type DomainEvent,
  handlingOnFloor,
  type Instant,
  type InteractionId,
  type RecordedEvent,
} from '@centralino/domain'
import { becauseOf } from '../commands/because.ts'
import { interactionOf, type JourneyRooms, movedOn, tell } from './journey-rooms.ts'
import type { UnansweredBy } from './unsent-reply.ts'

type AtAnInstant = RecordedEvent<DomainEvent<string, { readonly at: Instant }>>

/** A caller is talked to until one of the two hangs up; a mail would wait for ever in the hand of who has left. */
export const mailComesBack = async (
  rooms: JourneyRooms,
  event: RecordedEvent,
  agentId: AgentId,
): Promise<void> => {
  for (const { agentId: holder, work } of handlingOnFloor(rooms.floor.state())) {
    if (holder !== agentId || work.channel !== 'email') continue
    const { interactionId } = work
    await tell(rooms, event, {
      type: 'PutBack',
      interactionId,
      holder: agentId,
      why: 'signedOff',
      at: event.metadata.occurredAt,
    })
  }
}

/** Once for each mail: who closes it the second time knows. In hand it stays; then its closing asks again. */
export const reopen = async (
  rooms: JourneyRooms,
  event: AtAnInstant,
  interactionId: InteractionId,
  { mailId, why }: UnansweredBy,
): Promise<void> => {
  const { at } = event.data
  const handled = await rooms.handlers.interaction.handle(
    { type: 'Reopen', interactionId, why, mailId, at },
    { ...becauseOf(event, 'reopen'), idempotencyKey: `reopen for ${mailId}` },
  )
  if (handled.outcome === 'refused') movedOn(rooms, event, 'Reopen', handled.refusal.code)
}

/** The reply was refused or bounced before the interaction was over: as fast as a server that knows the address is wrong. */
export const reopenIfUnsent = async (
  rooms: JourneyRooms,
  event: AtAnInstant,
  interactionId: InteractionId,
): Promise<void> => {
  const state = await interactionOf(rooms, interactionId)
  if (state.status === 'none' || state.carrier.kind !== 'thread') return
  const unsent = await rooms.unsentReply(state.carrier.threadId, interactionId)
  if (unsent !== null) await reopen(rooms, event, interactionId, unsent)
}
