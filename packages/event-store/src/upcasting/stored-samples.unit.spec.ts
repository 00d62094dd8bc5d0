import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { EventId, Instant, RecordedEvent } from '@centralino/domain'
import { describe, expect, it } from 'vitest'
import { sampleMetadata } from '../contract/sample-events.ts'
import { eventTypes } from './event-types.ts'
import { currentSamples } from './samples/index.ts'

/**
 * `stored/<Type>.<version>.json`: the data of one event of every version that was ever written. They are never changed: a
 * changed shape is a new version in `event-types.ts`, with its upcaster, its sample in `samples/` and a new file here
 * (which a run of this spec writes; CI does not).
 */
const STORED = fileURLToPath(new URL('./stored/', import.meta.url))

const storedFiles = readdirSync(STORED).filter((name) => name.endsWith('.json'))

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

/** Names and kinds of all fields, down to the leaves: what a reader of the event relies on. */
const shapeOf = (value: unknown): unknown => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])]
  if (typeof value !== 'object') return typeof value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shapeOf(field)]))
}

describe('every version of every event that was ever written', () => {
  it.each(Object.entries(currentSamples))(
    '%s is written as it was, or has a new version',
    async (type, data) => {
      const version = eventTypes.currentVersion(type)
      await expect(`${JSON.stringify(data, null, 2)}\n`).toMatchFileSnapshot(
        `./stored/${type}.${version}.json`,
      )
    },
  )

  it.each(storedFiles)('%s is read in the shape of today', (name) => {
    const [type = '', version = ''] = name.split('.')
    const data: unknown = JSON.parse(readFileSync(`${STORED}${name}`, 'utf8'))
    const upcast = eventTypes.upcast(recorded(type, Number(version), data))
    expect(upcast.schemaVersion).toBe(eventTypes.currentVersion(type))
    const today: Readonly<Record<string, unknown>> = currentSamples
    // A type that nobody writes any more is read all the same.
    if (type in today) expect(shapeOf(upcast.data)).toEqual(shapeOf(today[type]))
  })

  it('has a stored sample for each version up to that of today', () => {
    const wanted = Object.keys(currentSamples).flatMap((type) =>
      Array.from({ length: eventTypes.currentVersion(type) }, (_, index) => `${type}.${index + 1}.json`),
    )
    expect(storedFiles).toEqual(expect.arrayContaining(wanted))
  })
})
