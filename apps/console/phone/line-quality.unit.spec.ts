import { expect, test } from 'vitest'
import { addSample, type LineSample, qualityOf, sampleOf } from './line-quality.ts'

const sample = (over: Partial<LineSample>): LineSample => ({
  atMs: 0,
  received: 0,
  lost: 0,
  jitterMs: 5,
  roundTripMs: 40,
  ...over,
})
/** Five seconds of voice, 50 packets a second, less what was lost. */
const after = (over: Partial<LineSample>) => [
  sample({ atMs: 1000, received: 1000, lost: 10 }),
  sample({ atMs: 6000, received: 1250, lost: 10, ...over }),
]

test('nothing is said before two seconds are measured, nor of a line without voice', () => {
  expect(qualityOf([])).toBeNull()
  expect(qualityOf([sample({}), sample({ atMs: 1900, received: 95 })])).toBeNull()
  expect(qualityOf(after({ received: 1000 }))).toBeNull()
  expect(qualityOf([sample({}), sample({ atMs: 2000, received: 100 })])).toBe('good')
})

test('only what was lost within the window counts, and a duplicate is no loss', () => {
  expect(qualityOf(after({}))).toBe('good')
  expect(qualityOf(after({ lost: 8 }))).toBe('good')
})

test.each([
  ['1 % of loss', { received: 1248, lost: 12 }, 'good'],
  ['2 % of loss', { received: 1245, lost: 15 }, 'fair'],
  ['4 % of loss', { received: 1240, lost: 20 }, 'poor'],
  ['30 ms of jitter', { jitterMs: 30 }, 'good'],
  ['31 ms of jitter', { jitterMs: 31 }, 'fair'],
  ['61 ms of jitter', { jitterMs: 61 }, 'poor'],
  ['300 ms there and back', { roundTripMs: 300 }, 'good'],
  ['301 ms there and back', { roundTripMs: 301 }, 'fair'],
  ['801 ms there and back', { roundTripMs: 801 }, 'poor'],
  ['no figure but loss', { jitterMs: null, roundTripMs: null }, 'good'],
  ['a fair one and a poor one', { jitterMs: 61, roundTripMs: 301 }, 'poor'],
] as const)('%s: %s makes the line %s', (_name, over, quality) => {
  expect(qualityOf(after(over))).toBe(quality)
})

test('what is older than the window is forgotten, so that a bad moment passes', () => {
  let samples: readonly LineSample[] = []
  for (let second = 0; second <= 60; second += 1) {
    const lost = second === 10 ? 40 : second > 10 ? 40 : 0
    samples = addSample(samples, sample({ atMs: second * 1000, received: second * 50, lost }))
    if (second === 12) expect(qualityOf(samples)).toBe('poor')
  }
  expect(samples).toHaveLength(6)
  expect(qualityOf(samples)).toBe('good')
})

test('a report of the browser gives packets, jitter and the way to the hub, in milliseconds', () => {
  const report = new Map<string, unknown>([
    ['i', { type: 'inbound-rtp', kind: 'audio', packetsReceived: 500, packetsLost: 3, jitter: 0.004 }],
    ['o', { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 }],
    ['p', { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.05 }],
  ])
  expect(sampleOf(report, 7)).toEqual({ atMs: 7, received: 500, lost: 3, jitterMs: 4, roundTripMs: 50 })
})

test('a report without voice gives nothing, one without figures says that they are unknown', () => {
  expect(sampleOf(new Map(), 7)).toBeNull()
  const bare = new Map<string, unknown>([['i', { type: 'inbound-rtp', kind: 'audio', packetsReceived: 1 }]])
  expect(sampleOf(bare, 7)).toEqual({ atMs: 7, received: 1, lost: 0, jitterMs: null, roundTripMs: null })
})
