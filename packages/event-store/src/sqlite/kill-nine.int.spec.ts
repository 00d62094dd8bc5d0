import { describe, expect, it } from 'vitest'
import { killNine } from '../testing/kill-nine/kill-nine.ts'

const RUNS = 20

describe('kill -9', () => {
  it(`loses nothing acknowledged, doubles nothing and leaves no gap, ${RUNS} times over`, async () => {
    const report = await killNine(RUNS)
    expect(report).toMatchObject({
      runs: RUNS,
      missing: [],
      doubled: [],
      gaps: [],
      halves: [],
      misprojected: [],
    })
    // Each run got as far as being killed in the middle of its work.
    expect(report.acknowledged).toBeGreaterThan(RUNS)
    expect(report.recorded).toBeGreaterThanOrEqual(report.acknowledged)
  }, 300_000)
})
