import { expect, test } from 'vitest'
import type { RtpPacket } from './packet.ts'
import { DigitReader } from './telephone-event.ts'

const event = (
  code: number,
  timestamp: number,
  duration: number,
  ended = false,
  marker = false,
): RtpPacket => ({
  payloadType: 101,
  marker,
  sequence: 0,
  timestamp,
  ssrc: 1,
  payload: Uint8Array.of(code, (ended ? 0x80 : 0) | 10, duration >> 8, duration & 0xff),
})
const readAll = (packets: readonly RtpPacket[]) => {
  const reader = new DigitReader()
  return packets.flatMap((packet, i) => reader.read(packet, i * 20))
}
const press = (code: number, timestamp: number) => [
  event(code, timestamp, 160, false, true),
  event(code, timestamp, 320),
  event(code, timestamp, 480),
  event(code, timestamp, 640, true),
  event(code, timestamp, 640, true),
  event(code, timestamp, 640, true),
]

test('a press with its three end packets is one digit', () => {
  expect(readAll(press(5, 1_000))).toEqual([{ digit: '5', durationMilliseconds: 80 }])
})

test('the same key pressed twice is two digits', () => {
  expect(readAll([...press(11, 1_000), ...press(11, 3_000)]).map(({ digit }) => digit)).toEqual(['#', '#'])
})

test("any order of a press's packets is one digit", () => {
  const [first, second, third, end, end2, end3] = press(1, 1_000) as [
    RtpPacket,
    RtpPacket,
    RtpPacket,
    RtpPacket,
    RtpPacket,
    RtpPacket,
  ]
  expect(readAll([second, first, end, third, end2, end3])).toHaveLength(1)
  expect(readAll([end, first, second, third, end2])).toHaveLength(1)
})

test('a press whose end was lost ends with the next one, or when nothing more comes', () => {
  const [first, second] = press(1, 1_000) as [RtpPacket, RtpPacket]
  expect(readAll([first, second, ...press(2, 9_000)]).map(({ digit }) => digit)).toEqual(['1', '2'])

  const reader = new DigitReader()
  reader.read(first, 0)
  reader.read(second, 20)
  expect(reader.expire(200)).toBe(null)
  expect(reader.expire(300)).toEqual({ digit: '1', durationMilliseconds: 40 })
  expect(reader.expire(600)).toBe(null)
})

test('a late packet of an earlier press does not end the running one', () => {
  const reader = new DigitReader()
  for (const packet of press(1, 1_000)) reader.read(packet, 0)
  expect(reader.read(event(2, 5_000, 160, false, true), 100)).toEqual([])
  expect(reader.read(event(1, 1_000, 640, true), 110)).toEqual([])
  expect(reader.read(event(2, 5_000, 800, true), 120)).toEqual([{ digit: '2', durationMilliseconds: 100 }])
})

test('a press longer than one segment is one digit of the whole length', () => {
  expect(
    readAll([
      event(3, 1_000, 160, false, true),
      event(3, 1_000, 0xffff),
      event(3, 1_000 + 0xffff, 160),
      event(3, 1_000 + 0xffff, 1_600, true),
    ]),
  ).toEqual([{ digit: '3', durationMilliseconds: Math.round((0xffff + 1_600) / 8) }])
})

test('timestamps that wrap still order presses', () => {
  expect(readAll([...press(1, 0xffff_ff00), ...press(2, 0x0000_0800)]).map(({ digit }) => digit)).toEqual([
    '1',
    '2',
  ])
})

test('events that are no keys, and payloads cut short, give nothing', () => {
  expect(
    readAll([event(16, 1_000, 400, true), { ...event(1, 2_000, 1), payload: Uint8Array.of(1, 0x8a) }]),
  ).toEqual([])
})
