import { expect, test } from 'vitest'
import { createServerClock } from './server-clock.ts'

const at = (ms: number) => new Date(ms).toISOString()

test('a workstation whose clock is wrong shows the time of the hub', () => {
  const machine = 1_000_000
  const clock = createServerClock(() => machine)
  clock.sync(at(machine + 90_000), machine)
  expect(clock.now()).toBe(machine + 90_000)
})

test('of several answers the one that travelled least counts', () => {
  const clock = createServerClock(() => 10_000)
  clock.sync(at(9_000), 10_000)
  clock.sync(at(9_980), 10_000)
  clock.sync(at(9_400), 10_000)
  expect(clock.now()).toBe(9_980)
})

test('a clock that was set meanwhile is followed', () => {
  const clock = createServerClock(() => 100_000)
  clock.sync(at(160_000), 100_000)
  clock.sync(at(100_000), 100_000)
  expect(clock.now()).toBe(100_000)
})

test('what is no instant changes nothing', () => {
  const clock = createServerClock(() => 5)
  clock.sync('soon', 5)
  expect(clock.now()).toBe(5)
})
