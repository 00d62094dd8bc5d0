import { beforeAll, expect, test } from 'vitest'
import { decodeG711 } from '../rtp/g711.ts'
import { loadSounds } from './load-sounds.ts'
import type { Sounds } from './sound.ts'
import { readWav, writeWav } from './wav.ts'

let sounds: Sounds
beforeAll(async () => {
  sounds = await loadSounds()
})

const decibels = (pcm: Int16Array): number =>
  20 * Math.log10(Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length) / 32_768)

/**
 * A click is a sample that its neighbours do not announce: the error of predicting each from the two before it.
 * Gives the prediction errors' size at each place of the sound, taken as a circle.
 */
const surprises = (pcm: Int16Array): Float64Array =>
  Float64Array.from(pcm, (sample, i) => {
    const before = pcm.at(i - 1) ?? 0
    const earlier = pcm.at(i - 2) ?? 0
    return Math.abs(sample - (2 * before - earlier))
  })

test('the music lasts from 30 to 60 seconds at about -20 dB of full scale, without clipping', () => {
  const { pcm } = sounds.music
  expect(pcm.length / 8_000).toBeGreaterThan(30)
  expect(pcm.length / 8_000).toBeLessThan(60)
  expect(decibels(pcm)).toBeGreaterThan(-21)
  expect(decibels(pcm)).toBeLessThan(-19)
  expect(pcm.every((sample) => Math.abs(sample) < 24_000)).toBe(true)
})

test('the music is never quiet for long: each second is audible', () => {
  const { pcm } = sounds.music
  for (let at = 0; at + 8_000 <= pcm.length; at += 8_000)
    expect(decibels(pcm.subarray(at, at + 8_000))).toBeGreaterThan(-30)
})

test('the music loops without a click: its seam surprises no more than its notes do', () => {
  const { pcm } = sounds.music
  const all = surprises(pcm)
  const largest = all.slice(2).reduce((most, each) => Math.max(most, each), 0)
  const atSeam = Math.max(all[0] ?? 0, all[1] ?? 0)
  expect(atSeam).toBeLessThan(largest / 2)
  // And the measure does see a click: the same loop cut 100 samples short.
  const cut = surprises(pcm.subarray(0, pcm.length - 100))
  expect(Math.max(cut[0] ?? 0, cut[1] ?? 0)).toBeGreaterThan(atSeam * 2)
})

test('the greeting begins and ends in silence and is as loud as the music, give or take', () => {
  const { pcm } = sounds.greeting
  expect(Math.abs(pcm[0] ?? 1)).toBe(0)
  expect(decibels(pcm.subarray(pcm.length - 800))).toBeLessThan(-60)
  expect(decibels(pcm)).toBeGreaterThan(-27)
  expect(decibels(pcm)).toBeLessThan(-18)
})

test('both laws carry the same sound in whole frames', () => {
  for (const { pcm, encoded, frames } of Object.values(sounds)) {
    expect(pcm.length).toBe(frames * 160)
    for (const law of ['PCMU', 'PCMA'] as const) {
      const heard = decodeG711(law, encoded[law])
      expect(heard.length).toBe(pcm.length)
      const noise = decibels(heard.map((sample, i) => sample - (pcm[i] ?? 0)))
      expect(decibels(pcm) - noise).toBeGreaterThan(30)
    }
  }
})

test('a WAV file is read back as written, linear or in either law', () => {
  const samples = Int16Array.of(0, 1_000, -1_000, 30_000, -30_000)
  expect(readWav(writeWav({ sampleRate: 8_000, samples }))).toEqual({ sampleRate: 8_000, samples })
  const lossy = readWav(writeWav({ sampleRate: 8_000, samples }, 'PCMA')).samples
  lossy.forEach((sample, i) => {
    expect(Math.abs(sample - (samples[i] ?? 0))).toBeLessThanOrEqual(1_000)
  })
})

test('a recording that still goes on, its length not yet told, is read to its end', () => {
  const samples = Int16Array.of(1, 2, 3)
  const growing = writeWav({ sampleRate: 8_000, samples })
  growing.writeUInt32LE(0, 40)
  expect(readWav(growing).samples).toEqual(samples)
})

test('what is no mono WAV file is refused with what it is', () => {
  expect(() => readWav(Buffer.from('hello'))).toThrow('not a WAV file')
  const stereo = writeWav({ sampleRate: 8_000, samples: new Int16Array(4) })
  stereo.writeUInt16LE(2, 22)
  expect(() => readWav(stereo)).toThrow('2 channels')
})
