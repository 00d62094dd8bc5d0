/**
 * ITU-T G.711: 8,000 samples a second, one octet each. Linear samples are signed 16 bits, of which µ-law carries the
 * upper 14 and A-law the upper 13.
 */
export type G711 = 'PCMU' | 'PCMA'

/** RFC 3551 §6, table 4: the static payload types. */
export const G711_PAYLOAD_TYPE = { PCMU: 0, PCMA: 8 } as const satisfies Record<G711, number>

const BIAS = 0x84
const CLIP = 32_635

const encodeMu = (linear: number): number => {
  const sign = linear < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(linear), CLIP) + BIAS
  const exponent = 24 - Math.clz32(magnitude)
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

const decodeMu = (octet: number): number => {
  const bits = ~octet & 0xff
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << ((bits & 0x70) >> 4)) - BIAS
  return (bits & 0x80) !== 0 ? -magnitude : magnitude
}

const encodeA = (linear: number): number => {
  const sign = linear < 0 ? 0 : 0x80
  const magnitude = Math.min(linear < 0 ? ~linear : linear, 32_767) >> 4
  // The two lowest segments have the same step: the code is the magnitude itself.
  if (magnitude < 32) return (sign | magnitude) ^ 0x55
  const exponent = 28 - Math.clz32(magnitude)
  const mantissa = (magnitude >> (exponent - 1)) & 0x0f
  return (sign | (exponent << 4) | mantissa) ^ 0x55
}

const decodeA = (octet: number): number => {
  const bits = octet ^ 0x55
  const exponent = (bits & 0x70) >> 4
  const step = ((bits & 0x0f) << 4) + 8
  const magnitude = exponent === 0 ? step : (step + 0x100) << (exponent - 1)
  return (bits & 0x80) !== 0 ? magnitude : -magnitude
}

const tableOf = (decode: (octet: number) => number): Int16Array =>
  Int16Array.from({ length: 256 }, (_, octet) => decode(octet))

const DECODED = { PCMU: tableOf(decodeMu), PCMA: tableOf(decodeA) } satisfies Record<G711, Int16Array>
const ENCODERS = { PCMU: encodeMu, PCMA: encodeA } satisfies Record<G711, (linear: number) => number>
const transcoding = (from: G711, to: G711): Uint8Array =>
  Uint8Array.from(DECODED[from], (linear) => ENCODERS[to](linear))
const MU_TO_A = transcoding('PCMU', 'PCMA')
const A_TO_MU = transcoding('PCMA', 'PCMU')

/** One octet for one sample. */
export const encodeG711 = (law: G711, pcm: Int16Array): Buffer => {
  const encode = ENCODERS[law]
  const octets = Buffer.allocUnsafe(pcm.length)
  for (let i = 0; i < pcm.length; i++) octets[i] = encode(pcm[i] ?? 0)
  return octets
}

/** One linear 16-bit sample for each octet (ITU-T G.711), through a table. */
export const decodeG711 = (law: G711, octets: Uint8Array): Int16Array => {
  const table = DECODED[law]
  const pcm = new Int16Array(octets.length)
  for (let i = 0; i < octets.length; i++) pcm[i] = table[octets[i] ?? 0] ?? 0
  return pcm
}

/** The same octets when both laws are the same, else one table look-up for each sample. */
export const transcodeG711 = (from: G711, to: G711, octets: Uint8Array): Uint8Array => {
  if (from === to) return octets
  const table = from === 'PCMU' ? MU_TO_A : A_TO_MU
  return octets.map((octet) => table[octet] ?? 0)
}
