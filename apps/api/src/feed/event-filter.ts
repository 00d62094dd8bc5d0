import type { RecordedEvent } from '@centralino/domain'

/** Which events somebody wants; null: all. */
export type EventFilter = {
  readonly types: ReadonlySet<string> | null
  readonly customerId: string | null
}

/** An event is a customer's by its metadata, by its data or by its stream. */
export const isWanted = (event: RecordedEvent, { types, customerId }: EventFilter): boolean =>
  (types === null || types.has(event.type)) && (customerId === null || isOf(event, customerId))

const isOf = ({ metadata, data, stream }: RecordedEvent, customerId: string): boolean =>
  metadata.customerId === customerId ||
  stream === `customer-${customerId}` ||
  (typeof data === 'object' && data !== null && 'customerId' in data && data.customerId === customerId)
