import type { EventId, Instant, RecordedEvent } from '@centralino/domain'
import { describe, expect, it } from 'vitest'
import { sampleMetadata } from '../contract/sample-events.ts'
import { createEventTypeRegistry } from './upcasting.ts'

const recorded = (type: string, schemaVersion: number, data: unknown): RecordedEvent => ({
  id: '0193a1b2-0000-7000-8000-000000000001' as EventId,
  type,
  schemaVersion,
  data,
  metadata: sampleMetadata,
  stream: 's-1',
  revision: 0n,
  position: '0000000000000001',
  recordedAt: '2026-11-24T05:20:43.123Z' as Instant,
})

const registry = createEventTypeRegistry(
  { Named: 3, Plain: 1 },
  {
    Named: {
      1: (data) => ({ names: [(data as { name: string }).name] }),
      2: (data, event) => ({ ...(data as object), since: event.metadata.occurredAt }),
    },
  },
)

describe('event type registry', () => {
  it('brings an old event to the present shape, step by step', () => {
    const event = registry.upcast(recorded('Named', 1, { name: 'Anna' }))
    expect(event).toMatchObject({
      schemaVersion: 3,
      data: { names: ['Anna'], since: sampleMetadata.occurredAt },
      revision: 0n,
    })
  })

  it('starts at the version it finds', () => {
    expect(registry.upcast(recorded('Named', 2, { names: ['Anna', 'Ania'] })).data).toMatchObject({
      names: ['Anna', 'Ania'],
    })
  })

  it('keeps an unknown type, and a version later than its own, as they are', () => {
    const unknown = recorded('FromAnotherRelease', 4, { x: 1 })
    const later = recorded('Named', 9, { y: 1 })
    expect(registry.upcast(unknown)).toBe(unknown)
    expect(registry.upcast(later)).toBe(later)
  })

  it('writes a registered type in its present version and an unregistered one in version 1', () => {
    expect(registry.currentVersion('Named')).toBe(3)
    expect(registry.currentVersion('FromAnotherRelease')).toBe(1)
    expect(registry.currentVersion('toString')).toBe(1)
  })

  it('does not come into being when a step is missing', () => {
    expect(() => createEventTypeRegistry({ Named: 3 }, { Named: { 1: (data) => data } })).toThrow(
      'no upcaster leads Named from version 2 to 3',
    )
  })
})
