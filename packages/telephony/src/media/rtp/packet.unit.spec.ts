import { expect, test } from 'vitest'
import { buildRtp, isReport, isRtcp, parseRtp } from './packet.ts'

const packet = {
  payloadType: 8,
  marker: true,
  sequence: 65_535,
  timestamp: 4_294_967_295,
  ssrc: 0xdeadbeef,
  payload: Buffer.from([1, 2, 3]),
}

test('what was built is read back', () => {
  expect(parseRtp(buildRtp(packet))).toEqual(packet)
})

test('numbers past their width wrap', () => {
  const parsed = parseRtp(buildRtp({ ...packet, sequence: 65_536 + 7, timestamp: 2 ** 32 + 9 }))
  expect([parsed?.sequence, parsed?.timestamp]).toEqual([7, 9])
})

test('CSRCs, a header extension and padding are passed over', () => {
  const plain = buildRtp(packet)
  const withAll = Buffer.concat([
    plain.subarray(0, 12),
    Buffer.alloc(8), // two CSRCs
    Buffer.from([0xbe, 0xde, 0, 1, 9, 9, 9, 9]), // extension of one word
    packet.payload,
    Buffer.from([0, 0, 3]), // three octets of padding
  ])
  withAll[0] = 0x80 | 0x20 | 0x10 | 2
  expect(parseRtp(withAll)?.payload).toEqual(packet.payload)
})

test.each([
  ['empty', Buffer.alloc(0)],
  ['shorter than a header', buildRtp(packet).subarray(0, 11)],
  ['of another version', Buffer.alloc(20)],
  ['with more CSRCs than bytes', Buffer.concat([Buffer.from([0x8f]), Buffer.alloc(20)])],
  [
    'with an extension past its end',
    Buffer.concat([Buffer.from([0x90]), Buffer.alloc(12), Buffer.from([0xff, 0xff, 0])]),
  ],
  ['with an extension cut short', Buffer.concat([Buffer.from([0x90]), Buffer.alloc(12)])],
  [
    'with more padding than payload',
    Buffer.concat([Buffer.from([0xa0]), Buffer.alloc(11), Buffer.from([200])]),
  ],
  ['with padding of zero', Buffer.concat([Buffer.from([0xa0]), Buffer.alloc(12)])],
])('a datagram %s is no packet', (_, datagram) => {
  expect(parseRtp(datagram)).toBe(null)
})

test('RTCP on the same port is told from RTP (RFC 5761)', () => {
  expect(isRtcp(Buffer.from([0x80, 200, 0, 6, 0, 0, 0, 1]))).toBe(true)
  expect(isRtcp(buildRtp(packet))).toBe(false)
  expect(isRtcp(buildRtp({ ...packet, payloadType: 101 }))).toBe(false)
})

test('a datagram of RTCP stands for its sender when it begins with a report (RFC 3550 §A.2)', () => {
  const rtcp = (first: number, packetType: number) => Uint8Array.from([first, packetType, 0, 1, 0, 0, 0, 1])
  expect([rtcp(0x80, 200), rtcp(0x80, 201)].map(isReport)).toEqual([true, true])
  const others = [rtcp(0x81, 203), rtcp(0xa0, 201), rtcp(0x40, 201), rtcp(0x80, 201).subarray(0, 4)]
  expect(others.map(isReport)).toEqual([false, false, false, false])
})
