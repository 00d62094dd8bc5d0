import type { DomainEvent, EventMetadata, Instant, NewEvent } from '@centralino/domain'
import { uuidv7 } from '../ids/uuidv7.ts'

export type Counted = DomainEvent<'Counted', { readonly count: number }>

export const sampleMetadata: EventMetadata = {
  occurredAt: '2026-11-24T05:20:43.123Z' as Instant,
  actor: { kind: 'system', id: 'contract' },
  correlationId: '0193a1b2-0000-7000-8000-000000000001',
  causationId: null,
}

/** An event ready to append, with a fresh id. */
export const counted = (count: number): NewEvent<Counted> => ({
  id: uuidv7(),
  type: 'Counted',
  schemaVersion: 1,
  data: { count },
  metadata: sampleMetadata,
})

/** `length` events, counted from 0. */
export const countedUpTo = (length: number): NewEvent<Counted>[] =>
  Array.from({ length }, (_, index) => counted(index))

/** A stream that no other test has. */
export const freshStream = (): string => `contract-${uuidv7()}`
