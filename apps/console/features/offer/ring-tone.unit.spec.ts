import { expect, test, vi } from 'vitest'
import { LONGEST_SECONDS, notesOf, ring, ringChoice } from './ring-tone.ts'

test('a ring is two notes every three seconds, and ends with the offer', () => {
  expect(notesOf(4).map((note) => note.atSeconds)).toEqual([0, 0.4, 3, 3.4])
  expect(notesOf(3.5).map((note) => note.atSeconds)).toEqual([0, 0.4, 3])
  expect(notesOf(0)).toEqual([])
  expect(notesOf(-5)).toEqual([])
})

test('an offer that never ends does not ring for ever', () => {
  expect(notesOf(1e9)).toEqual(notesOf(LONGEST_SECONDS))
  expect(notesOf(1e9)).toHaveLength(80)
})

test('the ring stops by itself at its end, and at once when the call is answered', () => {
  const param = () => ({ setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() })
  const loudness = { gain: param(), connect: vi.fn(), disconnect: vi.fn() }
  const tone = { frequency: param(), connect: () => loudness, start: vi.fn(), stop: vi.fn() }
  const context = {
    currentTime: 10,
    destination: {},
    createOscillator: () => tone,
    createGain: () => loudness,
  } as unknown as AudioContext
  const stop = ring(context, 20)
  expect(tone.start).toHaveBeenCalledWith(10)
  expect(tone.stop).toHaveBeenLastCalledWith(30)
  expect(loudness.disconnect).not.toHaveBeenCalled()
  stop()
  expect(loudness.disconnect).toHaveBeenCalled()
  expect(tone.stop).toHaveBeenLastCalledWith()
})

test('a browser rings aloud until somebody silences it there', () => {
  expect(ringChoice({ getItem: () => null })).toBe('aloud')
  expect(ringChoice({ getItem: () => 'silent' })).toBe('silent')
})
