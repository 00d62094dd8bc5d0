import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { addNote, SAMPLE_RATE, toLevel, type Voice } from './synthesiser.ts'
import { readWav, type Wav, writeWav } from './wav.ts'

/**
 * Makes `greeting-en.wav`: a soft chime and a spoken sentence. Needs espeak-ng on the machine where it is run, which
 * is only when the text changes: `node make-greeting.ts`. The file it makes is committed.
 */
const TEXT = 'Welcome to Linfa. Please hold, we connect you with the next free person.'
const VOICE = ['-v', 'en-gb+f2', '-s', '145', '-p', '45']
const LEVEL_DECIBELS = -23
const CHIME_SECONDS = 1.3
const PAUSE_SECONDS = 0.6

/** Windowed-sinc resampling with the telephone's upper edge as the low-pass. */
const resample = ({ sampleRate, samples }: Wav, cutHertz: number): Float64Array => {
  const reach = Math.ceil((sampleRate / cutHertz) * 12)
  const cut = (2 * cutHertz) / sampleRate
  return Float64Array.from({ length: Math.floor((samples.length * SAMPLE_RATE) / sampleRate) }, (_, i) => {
    const centre = (i * sampleRate) / SAMPLE_RATE
    let sum = 0
    for (let at = Math.ceil(centre - reach); at <= centre + reach; at++) {
      const distance = at - centre
      const x = Math.PI * cut * distance
      const sinc = x === 0 ? 1 : Math.sin(x) / x
      const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / reach)
      sum += (samples[at] ?? 0) * sinc * window * cut
    }
    return sum
  })
}

const glass: Voice = {
  harmonics: [
    { amplitude: 1, decaySeconds: 0.5 },
    { amplitude: 0.15, decaySeconds: 0.25 },
    { amplitude: 0.2, decaySeconds: 0.15 },
  ],
  attackSeconds: 0.015,
  releaseSeconds: 0.5,
}

const speech = resample(
  readWav(execFileSync('espeak-ng', [...VOICE, '--stdout', TEXT], { maxBuffer: 16 * 1024 * 1024 })),
  3_400,
)
const spoken = toLevel(speech, LEVEL_DECIBELS)
const greeting = new Float64Array(Math.ceil((CHIME_SECONDS + PAUSE_SECONDS) * SAMPLE_RATE) + spoken.length)
const chime = new Float64Array(greeting.length)
addNote(chime, { midi: 78, startSeconds: 0, seconds: 0.4, loudness: 1 }, glass)
addNote(chime, { midi: 74, startSeconds: 0.4, seconds: 0.4, loudness: 1 }, glass)
// The chime is a little softer than the voice that follows.
chime.forEach((sample, i) => {
  greeting[i] = sample * 5_000
})
spoken.forEach((sample, i) => {
  greeting[i + Math.round(CHIME_SECONDS * SAMPLE_RATE)] = sample
})
const samples = Int16Array.from(greeting, Math.round)
writeFileSync(new URL('greeting-en.wav', import.meta.url), writeWav({ sampleRate: SAMPLE_RATE, samples }))
