import { expect, test } from 'vitest'
import { decodeG711, encodeG711, transcodeG711 } from './g711.ts'

const LAWS = ['PCMU', 'PCMA'] as const
const everyOctet = Uint8Array.from({ length: 256 }, (_, i) => i)

test('known octets of ITU-T G.711 stand for their samples', () => {
  // Largest, smallest and idle values; µ-law has two zeros.
  expect([...decodeG711('PCMU', Uint8Array.of(0x80, 0x00, 0xff, 0x7f))]).toEqual([32_124, -32_124, 0, 0])
  expect([...decodeG711('PCMA', Uint8Array.of(0xaa, 0x2a, 0xd5, 0x55))]).toEqual([32_256, -32_256, 8, -8])
})

test.each(LAWS)('%s: every octet is encoded back from the sample it stands for', (law) => {
  const back = encodeG711(law, decodeG711(law, everyOctet))
  // µ-law's negative zero (0x7F) comes back as the positive one.
  const expected = everyOctet.map((octet) => (law === 'PCMU' && octet === 0x7f ? 0xff : octet))
  expect([...back]).toEqual([...expected])
})

test.each(LAWS)('%s: no sample is off by more than its step', (law) => {
  const samples = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768)
  const decoded = decodeG711(law, encodeG711(law, samples))
  samples.forEach((sample, i) => {
    const clipped = Math.max(-32_635, Math.min(32_635, sample))
    const error = Math.abs((decoded[i] ?? 0) - clipped)
    // Sixteen steps a segment: a step is at most a sixteenth of the value, or the smallest step.
    if (error > Math.max(16, Math.abs(sample) / 16)) throw new Error(`${sample} became ${decoded[i]}`)
  })
})

test('the same law passes untouched, the other law by less than a step', () => {
  expect(transcodeG711('PCMA', 'PCMA', everyOctet)).toBe(everyOctet)
  const converted = decodeG711('PCMA', transcodeG711('PCMU', 'PCMA', everyOctet))
  decodeG711('PCMU', everyOctet).forEach((sample, i) => {
    expect(Math.abs((converted[i] ?? 0) - sample)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 16))
  })
})
