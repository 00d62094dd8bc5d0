import { expect, test } from 'vitest'
import { createManualClock } from '../../clock/testing/manual-clock.ts'
import { Ticker } from './ticker.ts'

test('a late timer does not add up: a minute holds 3000 frames', () => {
  const clock = createManualClock()
  // Each timer comes up to 3 ms late, as a busy process makes it.
  let n = 0
  const late = {
    now: clock.now,
    setTimer: (ms: number, fire: () => void) => clock.setTimer(ms + (n++ % 4), fire),
  }
  let frames = 0
  new Ticker(late, () => undefined).add((count) => {
    frames += count
  })
  clock.advance(60_000)
  expect(frames).toBeGreaterThanOrEqual(2_999)
  expect(frames).toBeLessThanOrEqual(3_001)
})

test('a short stall is caught up, a long one is skipped', () => {
  const clock = createManualClock()
  let stall = 0
  const stalling = {
    now: clock.now,
    setTimer: (ms: number, fire: () => void) => clock.setTimer(ms + stall, fire),
  }
  const ticks: [number, number][] = []
  new Ticker(stalling, () => undefined).add((frames, skipped) => ticks.push([frames, skipped]))
  clock.advance(20)
  stall = 60
  clock.advance(20)
  stall = 1_000
  clock.advance(100)
  stall = 0
  clock.advance(2_000)
  const worst = ticks.reduce((most, [frames]) => Math.max(most, frames), 0)
  expect(worst).toBe(4)
  expect(ticks.filter(([, skipped]) => skipped > 40)).toHaveLength(1)
})

test('listeners are spread over phases', () => {
  const clock = createManualClock()
  const at: number[][] = [[], [], [], []]
  const ticker = new Ticker(clock, () => undefined)
  for (const times of at) ticker.add(() => times.push(clock.now() % 20))
  clock.advance(100)
  expect(new Set(at.map((times) => times[0])).size).toBe(4)
})

test('a failing listener is reported and does not stop the others', () => {
  const clock = createManualClock()
  const errors: unknown[] = []
  const ticker = new Ticker(clock, (error) => errors.push(error))
  const served = new Set<number>()
  for (let i = 0; i < 5; i++) {
    ticker.add(() => {
      if (i === 0) throw new Error('mine')
      served.add(i)
    })
  }
  clock.advance(40)
  expect(errors.length).toBeGreaterThan(0)
  expect([...served].sort()).toEqual([1, 2, 3, 4])
})

test('without a listener no timer is left', () => {
  const clock = createManualClock()
  const ticker = new Ticker(clock, () => undefined)
  const stop = ticker.add(() => undefined)
  clock.advance(100)
  stop()
  clock.advance(100)
  expect(clock.pending()).toBe(0)
})
