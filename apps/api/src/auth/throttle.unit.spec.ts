import { describe, expect, it } from 'vitest'
import { createThrottle, throttleKeyOf } from './throttle.ts'

const throttled = () => {
  const clock = { now: 1_000_000 }
  const throttle = createThrottle({
    free: 3,
    maximumDelayMilliseconds: 8_000,
    forgetAfterMilliseconds: 60_000,
    limit: 2,
    clock: () => clock.now,
  })
  return { clock, throttle }
}

describe('the throttle', () => {
  it('lets the first failures pass, then doubles the wait up to its maximum', () => {
    const { clock, throttle } = throttled()
    const waits = Array.from({ length: 8 }, () => {
      throttle.failed('anna')
      const wait = throttle.wait('anna')
      clock.now += wait
      return wait
    })
    expect(waits).toEqual([0, 0, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000])
  })

  it('forgets a key that was quiet, and one that got it right', () => {
    const { clock, throttle } = throttled()
    for (let i = 0; i < 4; i++) throttle.failed('anna')
    clock.now += 60_000
    throttle.failed('anna')
    expect(throttle.wait('anna')).toBe(0)
    for (let i = 0; i < 4; i++) throttle.failed('anna')
    throttle.succeeded('anna')
    expect(throttle.wait('anna')).toBe(0)
  })

  it('takes a failure back that was none', () => {
    const { throttle } = throttled()
    for (let i = 0; i < 3; i++) throttle.failed('office')
    expect(throttle.wait('office')).toBe(1_000)
    throttle.forgive('office')
    expect(throttle.wait('office')).toBe(0)
    throttle.failed('office')
    expect(throttle.wait('office')).toBe(1_000)
  })

  it('remembers no more keys than its limit', () => {
    const { throttle } = throttled()
    for (let i = 0; i < 4; i++) throttle.failed('anna')
    throttle.failed('bruno')
    throttle.failed('carla')
    expect(throttle.wait('anna')).toBe(0)
  })

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('counts %s as %s', (address, key) => {
    expect(throttleKeyOf(address)).toBe(key)
  })
})
