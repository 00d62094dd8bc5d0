import { expect, test } from 'vitest'
import { Liveness } from './liveness.ts'

const MINUTE = 60_000

test('a peer whose reports stopped together with its audio is gone after the time-out', () => {
  const liveness = new Liveness(MINUTE)
  liveness.alive(0)
  liveness.reported(5_000)
  expect(liveness.isGone(5_000 + MINUTE - 1)).toBe(false)
  expect(liveness.isGone(5_000 + MINUTE)).toBe(true)
})

test('a peer that sends no audio and reports is there', () => {
  const liveness = new Liveness(MINUTE)
  liveness.alive(0)
  for (let now = 0; now < 60 * MINUTE; now += 5_000) {
    liveness.reported(now)
    expect(liveness.isGone(now)).toBe(false)
  }
})

test('a peer that never reported is given five times as long', () => {
  const liveness = new Liveness(MINUTE)
  liveness.alive(0)
  expect(liveness.isGone(5 * MINUTE - 1)).toBe(false)
  expect(liveness.isGone(5 * MINUTE)).toBe(true)
})

test('nobody is given up before the session is agreed upon, or with a time-out of 0', () => {
  expect(new Liveness(MINUTE).isGone(100 * MINUTE)).toBe(false)
  const patient = new Liveness(0)
  patient.alive(0)
  expect(patient.isGone(100 * MINUTE)).toBe(false)
})
