import type { EventId, Instant, RecordedEvent } from '@centralino/domain'
import { plusMilliseconds } from '@centralino/domain/kernel'
import type { DataOf, KnownType } from '../projector/projection.ts'

const START = '2026-11-24T08:00:00.000Z' as Instant

/** Makes events as the log would give them: positions, revisions and times that only rise. */
export type Recorder = {
  /** The clock's time now. */
  readonly now: Instant
  pass(seconds: number): void
  /** One event now; `at` is added to its data. */
  record<Type extends KnownType>(stream: string, type: Type, data: Omit<DataOf<Type>, 'at'>): RecordedEvent
}

export const recorder = (start: Instant = START): Recorder => {
  const revisions = new Map<string, bigint>()
  let now = start
  let place = 0
  return {
    get now() {
      return now
    },
    pass(seconds) {
      now = plusMilliseconds(now, seconds * 1000)
    },
    record(stream, type, data) {
      place++
      const revision = (revisions.get(stream) ?? -1n) + 1n
      revisions.set(stream, revision)
      const number = String(place).padStart(16, '0')
      return {
        id: `019ab000-0000-7000-8000-${number.slice(4)}` as EventId,
        type,
        schemaVersion: 1,
        data: { ...data, at: now },
        metadata: {
          occurredAt: now,
          actor: { kind: 'system', id: 'hub' },
          correlationId: `c-${stream}`,
          causationId: null,
        },
        stream,
        revision,
        position: number,
        recordedAt: now,
      }
    },
  }
}
