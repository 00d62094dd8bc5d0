import type { Instant, RecordedEvent } from '@centralino/domain'

/** The last event that counts: the one at a position, or the last that was on record at an instant. */
export type Moment = { readonly position: string } | { readonly instant: Instant }

export const isAfter = (event: Pick<RecordedEvent, 'position' | 'recordedAt'>, moment: Moment): boolean =>
  'position' in moment ? event.position > moment.position : event.recordedAt > moment.instant
