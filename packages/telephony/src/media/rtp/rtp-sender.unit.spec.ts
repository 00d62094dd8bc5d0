import { expect, test } from 'vitest'
import type { AudioFrame } from './audio-frame.ts'
import { parseRtp, type RtpPacket } from './packet.ts'
import { RtpSender } from './rtp-sender.ts'

const payload = new Uint8Array(160)
const frame = (sequence: number, spurt = 1, timestamp = sequence * 160): AudioFrame => ({
  law: 'PCMU',
  payload,
  spurt,
  sequence,
  timestamp: timestamp >>> 0,
})

const setUp = (firstSequence = 100, firstTimestamp = 5_000) => {
  const sent: RtpPacket[] = []
  const clock = { now: 0 }
  const sender = new RtpSender({
    format: { law: 'PCMU', payloadType: 0 },
    ssrc: 7,
    firstSequence,
    firstTimestamp,
    now: () => clock.now,
    write: (datagram) => {
      const packet = parseRtp(datagram)
      if (packet !== null) sent.push(packet)
    },
  })
  const at = (milliseconds: number, task: () => void) => {
    clock.now = milliseconds
    task()
  }
  return { sent, sender, at, numbers: () => sent.map(({ sequence, timestamp }) => [sequence, timestamp]) }
}

test('a paced source counts packets by one and samples by 160', () => {
  const { sender, at, numbers } = setUp()
  for (let n = 0; n < 3; n++) at(n * 20 + (n % 2), () => sender.sendPaced(payload))
  expect(numbers()).toEqual([
    [100, 5_000],
    [101, 5_160],
    [102, 5_320],
  ])
})

test('a change of source leaves no gap in the numbering and marks its first packet', () => {
  const { sender, at, sent, numbers } = setUp()
  at(0, () => sender.sendPaced(payload))
  at(20, () => sender.sendPaced(payload))
  sender.startSource()
  at(27, () => sender.sendForwarded(frame(9_000)))
  at(47, () => sender.sendForwarded(frame(9_001)))
  sender.startSource()
  at(60, () => sender.sendPaced(payload))
  // The forwarded frame came 7 ms after the last paced one, which lasts for 20 ms: the clock does not go back.
  expect(numbers()).toEqual([
    [100, 5_000],
    [101, 5_160],
    [102, 5_320],
    [103, 5_480],
    [104, 5_640],
  ])
  expect(sent.map(({ marker }) => marker)).toEqual([true, false, true, false, true])
  expect(new Set(sent.map(({ ssrc }) => ssrc)).size).toBe(1)
})

test('a pause moves the clock by the time that passed, not the numbering', () => {
  const { sender, at, numbers } = setUp()
  at(0, () => sender.sendPaced(payload))
  sender.startSource()
  at(1_000, () => sender.sendForwarded(frame(1)))
  expect(numbers()).toEqual([
    [100, 5_000],
    [101, 5_000 + 8_000],
  ])
})

test("the far end's loss and reordering stay visible", () => {
  const { sender, numbers } = setUp()
  for (const sequence of [10, 11, 14, 13]) sender.sendForwarded(frame(sequence))
  expect(numbers().map(([sequence]) => sequence)).toEqual([100, 101, 104, 103])
})

test('another SSRC of the far end goes on in the same stream', () => {
  const { sender, at, numbers, sent } = setUp()
  at(0, () => sender.sendForwarded(frame(10)))
  at(20, () => sender.sendForwarded(frame(11)))
  at(40, () => sender.sendForwarded(frame(60_000, 2, 123)))
  at(60, () => sender.sendForwarded(frame(60_001, 2, 283)))
  expect(numbers()).toEqual([
    [100, 5_000],
    [101, 5_160],
    [102, 5_320],
    [103, 5_480],
  ])
  expect(sent.map(({ marker }) => marker)).toEqual([true, false, true, false])
})

test('a frame older than the first one of its spurt is dropped: its place is taken', () => {
  const { sender, at, numbers } = setUp()
  at(0, () => sender.sendPaced(payload))
  sender.startSource()
  at(20, () => sender.sendForwarded(frame(10)))
  expect(sender.sendForwarded(frame(9))).toBe(false)
  at(40, () => sender.sendForwarded(frame(11)))
  expect(numbers().map(([sequence]) => sequence)).toEqual([100, 101, 102])
})

test('numbers wrap at their width', () => {
  const { sender, at, numbers } = setUp(65_535, 2 ** 32 - 160)
  for (let n = 0; n < 3; n++) at(n * 20, () => sender.sendPaced(payload))
  expect(numbers()).toEqual([
    [65_535, 2 ** 32 - 160],
    [0, 0],
    [1, 160],
  ])
})

test('the other law is converted, payload type and all', () => {
  const { sender, sent } = setUp()
  sender.format = { law: 'PCMA', payloadType: 8 }
  sender.sendForwarded({ ...frame(1), payload: Uint8Array.of(0xff, 0x80) })
  expect(sent[0]?.payloadType).toBe(8)
  expect([...(sent[0]?.payload ?? [])]).toEqual([0xd5, 0xaa])
})
