const SAMPLE_RATE = 8_000

const toDecibels = (meanSquare: number): number => 10 * Math.log10(Math.max(meanSquare, 1e-12) / 32_768 ** 2)

/** Level of the whole in dB of full scale (RMS); a full-scale sine has -3. Silence: about -210. */
export const measureLevel = (pcm: Int16Array): number =>
  toDecibels(pcm.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, pcm.length))

export type MeasuredTone = {
  /** Level of that frequency alone in dB of full scale (RMS): a sine of half the full scale has -9. */
  readonly decibels: number
  /** Its share of all the energy, 0 to 1: near 1 when nothing else is heard. */
  readonly share: number
}

/** Goertzel's algorithm with a Hann window: how much of one frequency there is. At least 50 ms give a sensible answer. */
export const measureTone = (pcm: Int16Array, hertz: number, sampleRate = SAMPLE_RATE): MeasuredTone => {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / sampleRate)
  let before = 0
  let earlier = 0
  let energy = 0
  let weights = 0
  let squaredWeights = 0
  for (let i = 0; i < pcm.length; i++) {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / pcm.length)
    const sample = (pcm[i] ?? 0) * weight
    energy += sample * sample
    weights += weight
    squaredWeights += weight * weight
    const now = sample + coefficient * before - earlier
    earlier = before
    before = now
  }
  if (pcm.length === 0 || energy === 0) return { decibels: toDecibels(0), share: 0 }
  const power = before * before + earlier * earlier - coefficient * before * earlier
  const amplitude = (2 * Math.sqrt(Math.max(0, power))) / weights
  const meanSquare = (amplitude * amplitude) / 2
  return { decibels: toDecibels(meanSquare), share: Math.min(1, (meanSquare * squaredWeights) / energy) }
}

/** A sine of so many dB of full scale (RMS), faded in and out over 5 ms. */
export const makeTone = (
  hertz: number,
  seconds: number,
  decibels = -15,
  sampleRate = SAMPLE_RATE,
): Int16Array => {
  const amplitude = 32_768 * Math.SQRT2 * 10 ** (decibels / 20)
  const length = Math.round(seconds * sampleRate)
  const fade = 0.005 * sampleRate
  return Int16Array.from({ length }, (_, i) => {
    const gain = Math.min(1, i / fade, (length - i) / fade)
    return Math.round(gain * amplitude * Math.sin((2 * Math.PI * hertz * i) / sampleRate))
  })
}
