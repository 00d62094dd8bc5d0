import type { DomainEvent, EventMetadata, Instant } from '@centralino/domain'
import type { CommandContext } from './command-handler.ts'

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Who and why from the context; when from the event's own `at`, else the command's, else the clock. */
export const eventMetadata = (
  event: DomainEvent,
  command: unknown,
  context: CommandContext,
): EventMetadata => ({
  occurredAt: atOf(event.data) ?? atOf(command) ?? (new Date().toISOString() as Instant),
  actor: context.actor,
  correlationId: context.correlationId,
  causationId: context.causationId,
  ...(context.customerId === undefined ? {} : { customerId: context.customerId }),
})

const atOf = (holder: unknown): Instant | null => {
  if (typeof holder !== 'object' || holder === null || !('at' in holder)) return null
  return typeof holder.at === 'string' && INSTANT.test(holder.at) ? (holder.at as Instant) : null
}
