import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredEvent } from '../codec/encoded-event.ts'
import { fromLine, splitLine, toLine } from './event-line.ts'

const stored: StoredEvent = {
  encoded: {
    id: '0193a1b2-0000-7000-8000-000000000001',
    type: 'Counted',
    schemaVersion: 1,
    data: '{"count":0}',
    metadata: '{"actor":{"kind":"system","id":"test"}}',
  },
  placement: { stream: 'count-1', revision: 0n, position: '0000000000000001', recordedAt: 1_795_500_000_000 },
}

const LINE =
  '{"position":"0000000000000001","stream":"count-1","revision":0,"id":"0193a1b2-0000-7000-8000-000000000001",' +
  '"type":"Counted","schemaVersion":1,"recordedAt":"2026-11-24T06:00:00.000Z","data":{"count":0},' +
  '"metadata":{"actor":{"kind":"system","id":"test"}}}'

describe('the line of an event', () => {
  it('has its keys in one order and nothing between them', () => {
    expect(toLine(stored)).toBe(LINE)
    expect(fromLine(LINE)).toEqual(stored)
  })

  it('gives back whatever was stored, byte for byte', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.dictionary(text, fc.jsonValue()),
        text,
        fc.nat(),
        (data, metadata, stream, at) => {
          const event: StoredEvent = {
            encoded: { ...stored.encoded, data: JSON.stringify(data), metadata: JSON.stringify(metadata) },
            placement: { ...stored.placement, stream, revision: BigInt(at), recordedAt: at },
          }
          const line = toLine(event)
          expect(line).not.toContain('\n')
          expect(fromLine(line)).toEqual(event)
          expect(splitLine(line)).toEqual(event)
        },
      ),
    )
  })

  it.each([
    ['no JSON', LINE.slice(1)],
    ['no object', 'null'],
    ['a space', LINE.replace('"data":', '"data": ')],
    [
      'another order',
      LINE.replace(/"position":"(\d+)","stream":"count-1"/, '"stream":"count-1","position":"$1"'),
    ],
    ['a key too many', LINE.replace('"data":', '"other":1,"data":')],
    ['a key too few', LINE.replace('"schemaVersion":1,', '')],
    ['a number written otherwise', LINE.replace('"count":0', '"count":0.0')],
    ['a character written otherwise', LINE.replace('"type":"C', '"type":"\\u0043')],
    ['a key twice', LINE.replace('{"count":0}', '{"count":1,"count":0}')],
    ['a revision that is none', LINE.replace('"revision":0', '"revision":-1')],
    ['a time that is none', LINE.replace('2026-11-24T06', '2026-11-34T06')],
    ['metadata that is no object', LINE.replace(/"metadata":.*/, '"metadata":1}')],
  ])('is refused with %s', (_what, line) => {
    expect(line).not.toBe(LINE)
    expect(fromLine(line)).toBeNull()
  })

  it('is split at its own metadata, and not at a key of that name inside', () => {
    for (const [data, metadata] of [
      ['{"a":1,"metadata":{}}', '{}'],
      ['{}', '{"a":1,"metadata":{"b":2}}'],
      ['{"a":1,"metadata":{"b":2}}', '{"a":1,"metadata":{"b":2,"metadata":[]}}'],
    ] as const) {
      const event: StoredEvent = { ...stored, encoded: { ...stored.encoded, data, metadata } }
      expect(splitLine(toLine(event))).toEqual(event)
    }
  })

  it('is split without a look at its data', () => {
    expect(splitLine(LINE.replace('{"count":0}', '{"count": 0'))).toMatchObject({
      encoded: { ...stored.encoded, data: '{"count": 0' },
    })
    expect(splitLine(LINE.slice(0, -1))).toBeNull()
    expect(splitLine(LINE.replace('"schemaVersion":1,', ''))).toBeNull()
  })
})
