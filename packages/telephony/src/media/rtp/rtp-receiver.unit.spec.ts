import { expect, test } from 'vitest'
import type { RtpPacket } from './packet.ts'
import { type Received, RtpReceiver } from './rtp-receiver.ts'

const audio = (sequence: number, ssrc = 1): RtpPacket => ({
  payloadType: 0,
  marker: false,
  sequence: sequence & 0xffff,
  timestamp: sequence * 160,
  ssrc,
  payload: new Uint8Array(160),
})
const digit = (sequence: number, ended: boolean): RtpPacket => ({
  ...audio(sequence),
  payloadType: 101,
  timestamp: 77,
  payload: Uint8Array.of(5, ended ? 0x8a : 0x0a, 1, 0),
})
const sequenceOf = (received: Received): number | string =>
  received.kind === 'audio' ? received.frame.sequence : received.kind === 'dropped' ? received.why : 'digits'
const read = (
  packets: readonly RtpPacket[],
  receiver = new RtpReceiver({ audio: null, telephoneEvent: 101 }),
) => packets.map((packet) => sequenceOf(receiver.accept(packet, 0)))

test('the numbering goes on past 65535', () => {
  expect(read([audio(65_534), audio(65_535), audio(65_536), audio(65_537)])).toEqual([
    65_534, 65_535, 65_536, 65_537,
  ])
})

test('reordered packets keep their own place, duplicates fall out', () => {
  expect(read([audio(10), audio(12), audio(11), audio(12), audio(13)])).toEqual([10, 12, 11, 'duplicate', 13])
})

test('lost packets leave their gap', () => {
  expect(read([audio(10), audio(14)])).toEqual([10, 14])
})

test('packets older than a hundred places are late', () => {
  expect(read([audio(500), audio(350)])).toEqual([500, 'late'])
})

test('digits are taken out without leaving a gap', () => {
  expect(read([audio(10), digit(11, false), digit(12, true), digit(13, true), audio(14)])).toEqual([
    10,
    'digits',
    'digits',
    'digits',
    11,
  ])
})

test('an audio packet that comes after the digits it was sent before is late', () => {
  expect(read([audio(10), digit(12, true), audio(11), audio(13)])).toEqual([10, 'digits', 'late', 12])
})

test('another SSRC begins a new spurt', () => {
  const receiver = new RtpReceiver({ audio: null, telephoneEvent: null })
  const spurts = [audio(10), audio(11), audio(900, 2), audio(901, 2)].map((packet) => {
    const received = receiver.accept(packet, 0)
    return received.kind === 'audio' ? received.frame.spurt : null
  })
  expect(spurts).toEqual([1, 1, 2, 2])
})

test('a jump is believed when the next packet follows it (RFC 3550 §A.1)', () => {
  expect(read([audio(10), audio(20_000), audio(11), audio(40_000), audio(40_001), audio(40_002)])).toEqual([
    10,
    'jump',
    11,
    'late',
    40_001,
    40_002,
  ])
})

test('payload types that were not negotiated are dropped, comfort noise leaves no gap', () => {
  const receiver = new RtpReceiver({ audio: null, telephoneEvent: null })
  expect(
    read(
      [audio(10), { ...audio(11), payloadType: 97 }, { ...audio(11), payloadType: 13 }, audio(12)],
      receiver,
    ),
  ).toEqual([10, 'payloadType', 'comfortNoise', 11])
})

test('a negotiated payload type stands for its law, the static ones for theirs', () => {
  const receiver = new RtpReceiver({ audio: { payloadType: 96, law: 'PCMA' }, telephoneEvent: null })
  const laws = [96, 0, 8].map((payloadType, i) => {
    const received = receiver.accept({ ...audio(i), payloadType }, 0)
    return received.kind === 'audio' ? received.frame.law : null
  })
  expect(laws).toEqual(['PCMA', 'PCMU', 'PCMA'])
})
