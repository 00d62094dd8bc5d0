import { writeFileSync } from 'node:fs'
import { addEchoes, addNote, SAMPLE_RATE, toLevel, type Voice } from './synthesiser.ts'
import { writeWav } from './wav.ts'

/**
 * Makes `music.wav`, the music that callers hear while they wait or are on hold: sixteen bars in D, composed for this
 * project and free like the rest of it. Run it again after a change: `node make-music.ts`. No randomness: the same
 * script makes the same file.
 */
const BAR_SECONDS = 2.5
const EIGHTH = BAR_SECONDS / 8
const LEVEL_DECIBELS = -20

const keys: Voice = {
  harmonics: [
    { amplitude: 1, decaySeconds: 0.9 },
    { amplitude: 0.32, decaySeconds: 0.45 },
    { amplitude: 0.14, decaySeconds: 0.25 },
    { amplitude: 0.07, decaySeconds: 0.12 },
  ],
  attackSeconds: 0.008,
  releaseSeconds: 0.25,
}
const pad: Voice = {
  harmonics: [
    { amplitude: 0.5, decaySeconds: 30 },
    { amplitude: 0.22, decaySeconds: 30 },
    { amplitude: 0.08, decaySeconds: 30 },
  ],
  attackSeconds: 0.7,
  releaseSeconds: 0.9,
}
/** A telephone carries nothing below 300 Hz: the bass is heard by its harmonics. */
const bass: Voice = {
  harmonics: [
    { amplitude: 0.5, decaySeconds: 1.2 },
    { amplitude: 0.6, decaySeconds: 0.9 },
    { amplitude: 0.35, decaySeconds: 0.6 },
    { amplitude: 0.12, decaySeconds: 0.3 },
  ],
  attackSeconds: 0.02,
  releaseSeconds: 0.2,
}
const bell: Voice = {
  harmonics: [
    { amplitude: 0.8, decaySeconds: 1.1 },
    { amplitude: 0.1, decaySeconds: 0.5 },
    { amplitude: 0.22, decaySeconds: 0.35 },
  ],
  attackSeconds: 0.012,
  releaseSeconds: 0.4,
}

/** Bass note, then the chord from low to high (MIDI numbers; 60 is middle C). */
const CHORDS: readonly (readonly [number, readonly [number, number, number, number]])[] = [
  [50, [62, 66, 69, 73]],
  [47, [62, 66, 69, 71]],
  [43, [62, 66, 67, 71]],
  [45, [62, 64, 67, 69]],
  [54, [61, 64, 66, 69]],
  [47, [62, 66, 69, 71]],
  [52, [62, 64, 67, 71]],
  [45, [61, 64, 67, 69]],
  [43, [62, 66, 67, 71]],
  [42, [61, 66, 69, 73]],
  [40, [62, 64, 67, 71]],
  [47, [62, 66, 69, 71]],
  [43, [62, 67, 71, 74]],
  [45, [64, 67, 69, 74]],
  [50, [62, 66, 69, 73]],
  [45, [62, 64, 67, 69]],
]
/** The order in which a bar's eighths walk through the chord, and how loud. */
const WALK = [0, 2, 1, 3, 2, 1, 3, 2]
const STRESS = [0.9, 0.55, 0.65, 0.6, 0.8, 0.55, 0.65, 0.5]
/** Bar, eighth of the bar, length in eighths, note. */
const MELODY: readonly (readonly [number, number, number, number])[] = [
  [4, 0, 4, 81],
  [4, 4, 2, 78],
  [4, 6, 2, 76],
  [5, 0, 6, 78],
  [6, 0, 3, 79],
  [6, 3, 3, 78],
  [6, 6, 2, 76],
  [7, 0, 7, 73],
  [8, 0, 4, 74],
  [8, 4, 4, 79],
  [9, 0, 6, 78],
  [10, 0, 3, 76],
  [10, 3, 3, 79],
  [10, 6, 2, 83],
  [11, 0, 7, 78],
  [12, 0, 4, 79],
  [12, 4, 4, 78],
  [13, 0, 4, 76],
  [13, 4, 4, 79],
  [14, 0, 8, 78],
]

const circle = new Float64Array(CHORDS.length * BAR_SECONDS * SAMPLE_RATE)
CHORDS.forEach(([root, chord], bar) => {
  const startSeconds = bar * BAR_SECONDS
  WALK.forEach((step, eighth) => {
    addNote(
      circle,
      {
        midi: chord[step] ?? root,
        startSeconds: startSeconds + eighth * EIGHTH,
        seconds: 2.2 * EIGHTH,
        loudness: 0.5 * (STRESS[eighth] ?? 0.6),
      },
      keys,
    )
  })
  for (const midi of chord) addNote(circle, { midi, startSeconds, seconds: BAR_SECONDS, loudness: 0.13 }, pad)
  for (const [eighth, loudness] of [
    [0, 0.55],
    [5, 0.35],
  ] as const) {
    addNote(
      circle,
      { midi: root, startSeconds: startSeconds + eighth * EIGHTH, seconds: 3 * EIGHTH, loudness },
      bass,
    )
  }
})
for (const [bar, eighth, eighths, midi] of MELODY) {
  const startSeconds = bar * BAR_SECONDS + eighth * EIGHTH
  addNote(circle, { midi, startSeconds, seconds: eighths * EIGHTH, loudness: 0.42 }, bell)
}

const samples = toLevel(addEchoes(circle), LEVEL_DECIBELS)
writeFileSync(new URL('music.wav', import.meta.url), writeWav({ sampleRate: SAMPLE_RATE, samples }))
