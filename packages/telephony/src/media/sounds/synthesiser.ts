/** Samples a second of everything made here: what G.711 carries. */
export const SAMPLE_RATE = 8_000
/** Nothing above is made, so that nothing has to be filtered away: the telephone's upper edge. */
const HIGHEST_HERTZ = 3_400

export type Voice = {
  /** Amplitude and decay (seconds to 1/e) of each harmonic, the first being the note itself. */
  readonly harmonics: readonly { readonly amplitude: number; readonly decaySeconds: number }[]
  readonly attackSeconds: number
  readonly releaseSeconds: number
}

export type Note = {
  readonly midi: number
  readonly startSeconds: number
  readonly seconds: number
  /** 0 to 1. */
  readonly loudness: number
}

const hertzOf = (midi: number): number => 440 * 2 ** ((midi - 69) / 12)

/** Adds a note to a buffer that is a circle: what rings on past the end rings at the beginning. */
export const addNote = (circle: Float64Array, note: Note, voice: Voice): void => {
  const hertz = hertzOf(note.midi)
  const start = Math.round(note.startSeconds * SAMPLE_RATE)
  const length = Math.round((note.seconds + voice.releaseSeconds) * SAMPLE_RATE)
  voice.harmonics.forEach(({ amplitude, decaySeconds }, index) => {
    const partial = hertz * (index + 1)
    if (partial > HIGHEST_HERTZ) return
    const step = (2 * Math.PI * partial) / SAMPLE_RATE
    for (let i = 0; i < length; i++) {
      const seconds = i / SAMPLE_RATE
      const attack = Math.sin((Math.PI / 2) * Math.min(1, seconds / voice.attackSeconds)) ** 2
      const left = (length - i) / (voice.releaseSeconds * SAMPLE_RATE)
      const release = Math.sin((Math.PI / 2) * Math.min(1, left)) ** 2
      const envelope = attack * release * Math.exp(-seconds / decaySeconds)
      const place = (start + i) % circle.length
      circle[place] = (circle[place] ?? 0) + note.loudness * amplitude * envelope * Math.sin(step * i)
    }
  })
}

/** A small room: a few echoes, each duller and softer, round the circle. */
export const addEchoes = (circle: Float64Array): Float64Array => {
  const echoes = [
    { milliseconds: 71, gain: 0.22 },
    { milliseconds: 113, gain: 0.16 },
    { milliseconds: 197, gain: 0.11 },
    { milliseconds: 311, gain: 0.07 },
  ]
  return circle.map((dry, i) => {
    let sample = dry
    for (const { milliseconds, gain } of echoes) {
      const back = i - Math.round((milliseconds * SAMPLE_RATE) / 1000) + circle.length
      const a = circle[back % circle.length] ?? 0
      const b = circle[(back - 1 + circle.length) % circle.length] ?? 0
      sample += (gain * (a + b)) / 2
    }
    return sample
  })
}

/** Scales to a mean level in dB of full scale (RMS); throws when that would clip. */
export const toLevel = (samples: Float64Array, decibels: number): Int16Array => {
  const mean = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
  const gain = (32_768 * 10 ** (decibels / 20)) / mean
  return Int16Array.from(samples, (sample) => {
    const scaled = Math.round(sample * gain)
    if (Math.abs(scaled) > 32_767) throw new RangeError('the piece is too uneven for that level')
    return scaled
  })
}
