import { describe, expect, it } from 'vitest'
import { createManualClock } from './testing/manual-clock.ts'
import { createTimerSet } from './timer-set.ts'

describe('manual clock', () => {
  it('fires what falls due in order of time, timers set on the way included', () => {
    const clock = createManualClock()
    const fired: string[] = []
    clock.setTimer(20, () => fired.push(`b@${clock.now()}`))
    clock.setTimer(10, () => {
      fired.push(`a@${clock.now()}`)
      clock.setTimer(5, () => fired.push(`c@${clock.now()}`))
    })
    clock.advance(19)
    expect(fired).toEqual(['a@10', 'c@15'])
    clock.advance(1)
    expect(fired).toEqual(['a@10', 'c@15', 'b@20'])
    expect(clock.pending()).toBe(0)
  })
})

describe('timer set', () => {
  it('replaces a timer of the same name and lets all go at once', () => {
    const clock = createManualClock()
    const timers = createTimerSet<'A' | 'B'>(clock)
    const fired: string[] = []
    timers.set('A', 10, () => fired.push('first'))
    timers.set('A', 20, () => fired.push('second'))
    clock.advance(20)
    expect(fired).toEqual(['second'])
    timers.set('A', 1, () => fired.push('never'))
    timers.set('B', 1, () => fired.push('never'))
    timers.clearAll()
    expect(clock.pending()).toBe(0)
  })
})
