import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OrderedMap } from './ordered-map.ts'

type Step = { readonly op: 'set' | 'delete'; readonly key: string; readonly value: number }

const steps = (keys: number) =>
  fc.array(
    fc.record({
      op: fc.constantFrom('set', 'set', 'delete') as fc.Arbitrary<Step['op']>,
      key: fc.nat(keys).map((key) => `k${String(key).padStart(5, '0')}`),
      value: fc.nat(3),
    }),
    { maxLength: 1_500, size: 'max' },
  )

const apply = <V>(map: OrderedMap<V>, { op, key, value }: Step & { value: V }): OrderedMap<V> =>
  op === 'set' ? map.set(key, value) : map.delete(key)

const entriesOf = <V>(map: OrderedMap<V>): (readonly [string, V])[] => {
  const entries: (readonly [string, V])[] = []
  map.forEach((value, key) => {
    entries.push([key, value])
  })
  return entries
}

const sorted = (model: Map<string, number>) => [...model].sort(([one], [other]) => (one < other ? -1 : 1))

describe('an ordered map', () => {
  it('holds what a Map holds after the same changes, in the order of its keys', () => {
    fc.assert(
      fc.property(fc.constantFrom(20, 400, 5_000).chain(steps), (changes) => {
        const model = new Map<string, number>()
        let map = OrderedMap.empty<number>()
        for (const step of changes) {
          if (step.op === 'set') model.set(step.key, step.value)
          else model.delete(step.key)
          map = apply(map, step)
        }
        expect(entriesOf(map)).toEqual(sorted(model))
        expect(map.values()).toEqual(sorted(model).map(([, value]) => value))
        expect(map.size).toBe(model.size)
        expect(map.first()?.key).toBe(sorted(model)[0]?.[0])
        for (const { key } of changes) {
          expect(map.get(key)).toBe(model.get(key))
          expect(map.has(key)).toBe(model.has(key))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('keeps every older map as it was', () => {
    fc.assert(
      fc.property(steps(200), (changes) => {
        const kept: { map: OrderedMap<number>; entries: (readonly [string, number])[] }[] = []
        let map = OrderedMap.empty<number>()
        for (const [index, step] of changes.entries()) {
          if (index % 50 === 0) kept.push({ map, entries: entriesOf(map) })
          map = apply(map, step)
        }
        for (const { map: older, entries } of kept) expect(entriesOf(older)).toEqual(entries)
      }),
      { numRuns: 40 },
    )
  })

  it('shrinks to nothing in whatever order its thousands of entries go', () => {
    const keys = Array.from({ length: 5_000 }, (_none, index) => `k${(index * 7_919) % 5_000}`)
    for (const order of [keys, keys.toReversed(), keys.toSorted()]) {
      let map = OrderedMap.from(keys.map((key) => [key, key] as const))
      expect(map.size).toBe(5_000)
      for (const key of order) map = map.delete(key)
      expect(map).toBe(OrderedMap.empty())
    }
  })

  it('gives its least entry each time, as a queue does, while others are taken out of it', () => {
    const keys = Array.from({ length: 3_000 }, (_none, index) =>
      String((index * 7_919) % 3_000).padStart(4, '0'),
    )
    let map = OrderedMap.from(keys.map((key) => [key, key] as const))
    const left = new Set(keys.toSorted())
    while (left.size > 0) {
      const [least] = left
      expect(map.first()).toEqual({ key: least, value: least })
      const another = keys[(left.size * 31) % keys.length] ?? ''
      for (const key of [least ?? '', another]) {
        map = map.delete(key)
        left.delete(key)
      }
      expect(map.size).toBe(left.size)
    }
  })

  it('is the very same map after a change that changes nothing', () => {
    const map = OrderedMap.from([
      ['a', 1],
      ['b', 2],
    ])
    expect(map.set('a', 1)).toBe(map)
    expect(map.delete('c')).toBe(map)
  })

  it('stops at the first entry that is wanted', () => {
    const map = OrderedMap.from(Array.from({ length: 100 }, (_none, index) => [`k${index}`, index] as const))
    const seen: number[] = []
    expect(map.some((value) => seen.push(value) === 3)).toBe(true)
    expect(seen).toEqual([0, 1, 10])
    expect(map.some(() => false)).toBe(false)
  })

  it('tells a value of undefined from a key that is not there', () => {
    const map = OrderedMap.from<number | undefined>([['a', undefined]])
    expect(map.has('a')).toBe(true)
    expect(map.has('b')).toBe(false)
  })
})
