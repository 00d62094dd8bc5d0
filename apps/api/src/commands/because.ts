import type { Actor, CustomerId, RecordedEvent } from '@centralino/domain'
import { type CommandContext, uuidv7 } from '@centralino/event-store'

/** The hub itself, by the part of it that acts. */
export const hubActor = (part: string): Actor => ({ kind: 'system', id: part })

/**
 * The context of a command that follows from an event. The key is the event's id and the purpose, so that an event
 * reacted to twice has its effect once.
 */
export const becauseOf = (
  event: Pick<RecordedEvent, 'id' | 'metadata'>,
  purpose: string,
  more: { readonly actor?: Actor; readonly customerId?: CustomerId | undefined } = {},
): CommandContext => {
  const customerId = more.customerId ?? event.metadata.customerId
  return {
    actor: more.actor ?? hubActor('journey'),
    correlationId: event.metadata.correlationId,
    causationId: event.id,
    ...(customerId === undefined ? {} : { customerId }),
    idempotencyKey: `${event.id}/${purpose}`,
  }
}

/** The same context for another command to a stream that one with this key went to already. */
export const withPurpose = (context: CommandContext, purpose: string): CommandContext =>
  context.idempotencyKey === undefined
    ? context
    : { ...context, idempotencyKey: `${context.idempotencyKey}/${purpose}` }

/** The context of a command that nothing in the log caused: a press of a button, a timer. */
export const afresh = (actor: Actor, customerId?: CustomerId): CommandContext => ({
  actor,
  correlationId: uuidv7(),
  causationId: null,
  ...(customerId === undefined ? {} : { customerId }),
})
