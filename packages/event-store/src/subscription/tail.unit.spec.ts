import type { RecordedEvent } from '@centralino/domain'
import { describe, expect, it, vi } from 'vitest'
import { createDecoder } from '../codec/decode-event.ts'
import { uuidv7 } from '../ids/uuidv7.ts'
import { createTail } from './tail.ts'

const position = (place: number): string => String(place).padStart(4, '0')
const places = (events: readonly RecordedEvent[] | null): number[] | null =>
  events?.map((event) => Number(event.position)) ?? null

const tailOf = (options: { head?: number; maxEvents?: number; maxCharacters?: number } = {}) => {
  const decode = vi.fn(createDecoder((event) => event))
  const { head = 0, ...bounds } = options
  const tail = createTail({ decode, head: head === 0 ? null : position(head), ...bounds })
  let place = head
  const push = (count: number, data = '{}'): void => {
    for (let index = 0; index < count; index += 1) {
      place += 1
      tail.push(
        { id: uuidv7(), type: 'Counted', schemaVersion: 1, data, metadata: '{}' },
        { stream: 's', revision: 0n, position: position(place), recordedAt: 0 },
      )
    }
  }
  return { tail, push, decode }
}

describe('tail of the log', () => {
  it('gives what follows a position, up to a limit', () => {
    const { tail, push } = tailOf()
    push(5)
    expect(places(tail.after(null, 100))).toEqual([1, 2, 3, 4, 5])
    expect(places(tail.after(position(2), 2))).toEqual([3, 4])
    expect(places(tail.after(position(5), 100))).toEqual([])
  })

  it('sends to the log whoever stands before what it has', () => {
    const { tail, push } = tailOf({ head: 7 })
    push(2)
    expect(tail.after(null, 100)).toBeNull()
    expect(tail.after(position(6), 100)).toBeNull()
    expect(places(tail.after(position(7), 100))).toEqual([8, 9])
  })

  it('keeps no more events than its bound, however many pass', () => {
    const { tail, push } = tailOf({ maxEvents: 10 })
    push(5_000)
    expect(tail.after(position(4_989), 100)).toBeNull()
    expect(places(tail.after(position(4_990), 100))).toEqual([
      4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999, 5000,
    ])
  })

  it('keeps no more text than its bound, but always the newest event', () => {
    const { tail, push } = tailOf({ maxCharacters: 100 })
    push(3, JSON.stringify('x'.repeat(40)))
    expect(tail.after(null, 100)).toBeNull()
    expect(places(tail.after(position(1), 100))).toEqual([2, 3])
    push(1, JSON.stringify('x'.repeat(500)))
    expect(tail.after(position(2), 100)).toBeNull()
    expect(places(tail.after(position(3), 100))).toEqual([4])
  })

  it('parses an event once for all who follow, and not at all while nobody does', () => {
    const { tail, push, decode } = tailOf()
    push(3)
    expect(decode).not.toHaveBeenCalled()
    const first = tail.after(null, 100)
    expect(tail.after(null, 100)?.[0]).toBe(first?.[0])
    expect(decode).toHaveBeenCalledTimes(3)
  })
})
