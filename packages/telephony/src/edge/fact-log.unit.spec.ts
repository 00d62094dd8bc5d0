import { expect, test } from 'vitest'
import { FactLog } from './fact-log.ts'

const now = () => '2026-01-01T00:00:00.000Z'
const digit = { type: 'DigitReceived', legId: 'leg', digit: '1', durationMilliseconds: 80 } as const
const ended = { type: 'LegEnded', legId: 'leg', cause: { q850: 16, sipStatus: null, by: 'peer' } } as const

test('facts are numbered from 1 without a gap and kept in order until acknowledged', () => {
  const log = new FactLog({ edgeRun: 'run', limit: 10, now })
  for (let i = 0; i < 3; i++) log.record(digit)
  expect(log.unacknowledged().map(({ number }) => number)).toEqual([1, 2, 3])
  log.acknowledge('run', 2)
  log.record(ended)
  expect(log.unacknowledged().map(({ number }) => number)).toEqual([3, 4])
})

test("another run's acknowledgement, and one from the future, do no harm", () => {
  const log = new FactLog({ edgeRun: 'run', limit: 10, now })
  log.record(digit)
  log.acknowledge('another', 1)
  expect(log.unacknowledged()).toHaveLength(1)
  log.acknowledge('run', 99)
  expect(log.unacknowledged()).toHaveLength(0)
  expect(log.record(digit)?.number).toBe(2)
})

test('a full log keeps what belongs to a call and drops what a peer can make without end, without a gap', () => {
  const log = new FactLog({ edgeRun: 'run', limit: 2, now })
  log.record(digit)
  log.record(digit)
  expect(log.full).toBe(true)
  expect(log.record(digit)).toBe(null)
  expect(log.record(ended)?.number).toBe(3)
  expect(log.dropped).toBe(1)
  log.acknowledge('run', 3)
  expect(log.full).toBe(false)
})

test('drained resolves when the last fact is acknowledged, or says that it was not', async () => {
  const log = new FactLog({ edgeRun: 'run', limit: 10, now })
  expect(await log.drained(5)).toBe(true)
  log.record(ended)
  expect(await log.drained(5)).toBe(false)
  const drained = log.drained(5_000)
  log.acknowledge('run', 1)
  expect(await drained).toBe(true)
})

test('who listens hears each fact as it is recorded', () => {
  const log = new FactLog({ edgeRun: 'run', limit: 10, now })
  const heard: number[] = []
  log.onRecorded(({ number }) => heard.push(number))
  log.record(digit)
  log.record(ended)
  expect(heard).toEqual([1, 2])
})
