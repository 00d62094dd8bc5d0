import { expect, test } from 'vitest'
import { Latch } from './latch.ts'

const sdp = { address: '192.0.2.1', port: 4_000 }
const nat = { address: '198.51.100.7', port: 61_000 }
const thief = { address: '203.0.113.9', port: 7_000 }
const packet = (sequence: number) => ({ ssrc: 9, sequence })

test('the address of the SDP is used until packets come, and is believed at once', () => {
  const latch = new Latch(sdp)
  expect(latch.target).toEqual(sdp)
  expect(latch.accepts(sdp, packet(1), 0)).toBe(true)
})

test('a peer behind a NAT is believed after three packets in sequence', () => {
  const latch = new Latch(sdp)
  expect([1, 2, 3].map((n) => latch.accepts(nat, packet(n), n * 20))).toEqual([false, false, true])
  expect(latch.target).toEqual(nat)
})

test('packets out of sequence are not believed', () => {
  const latch = new Latch(sdp)
  expect([1, 5, 9, 30, 2].map((n) => latch.accepts(nat, packet(n), 0))).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
})

test('nobody takes over while the peer is heard, but a silent peer may move', () => {
  const latch = new Latch(sdp)
  latch.accepts(sdp, packet(1), 0)
  for (let n = 0; n < 10; n++) {
    latch.accepts(sdp, packet(2 + n), n * 20)
    expect(latch.accepts(thief, packet(n), n * 20 + 1)).toBe(false)
  }
  expect(latch.target).toEqual(sdp)
  const moved = [1, 2, 3].map((n) => latch.accepts(nat, packet(n), 1_000 + n * 20))
  expect(moved).toEqual([false, false, true])
})

test('a new address in the SDP is believed at once, the same one changes nothing', () => {
  const latch = new Latch(sdp)
  latch.accepts(nat, packet(1), 0)
  latch.accepts(nat, packet(2), 20)
  latch.accepts(nat, packet(3), 40)
  latch.signal({ ...sdp })
  expect(latch.target).toEqual(nat)
  latch.signal({ ...sdp, port: 4_002 })
  expect(latch.target).toEqual({ ...sdp, port: 4_002 })
  expect(latch.accepts({ ...sdp, port: 4_002 }, packet(50), 60)).toBe(true)
})
