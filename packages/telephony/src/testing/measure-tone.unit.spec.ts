import { expect, test } from 'vitest'
import { makeTone, measureLevel, measureTone } from './measure-tone.ts'

test('a tone is measured at its level and found to be all there is', () => {
  const { decibels, share } = measureTone(makeTone(440, 1, -20), 440)
  expect(decibels).toBeCloseTo(-20, 0)
  expect(share).toBeGreaterThan(0.98)
  expect(measureLevel(makeTone(440, 1, -20))).toBeCloseTo(-20, 0)
})

test('another frequency is hardly there', () => {
  const { decibels, share } = measureTone(makeTone(440, 1, -20), 1_000)
  expect(decibels).toBeLessThan(-60)
  expect(share).toBeLessThan(0.01)
})

test('of two tones each is measured alone', () => {
  const low = makeTone(440, 1, -20)
  const both = makeTone(1_000, 1, -26).map((sample, i) => sample + (low[i] ?? 0))
  expect(measureTone(both, 440).decibels).toBeCloseTo(-20, 0)
  expect(measureTone(both, 1_000).decibels).toBeCloseTo(-26, 0)
  expect(measureTone(both, 440).share).toBeCloseTo(0.8, 1)
})

test('silence and nothing at all have no tone', () => {
  expect(measureTone(new Int16Array(800), 440).share).toBe(0)
  expect(measureTone(new Int16Array(0), 440).share).toBe(0)
  expect(measureLevel(new Int16Array(0))).toBeLessThan(-100)
})
