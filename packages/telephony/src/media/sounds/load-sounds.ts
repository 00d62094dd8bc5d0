import { readFile } from 'node:fs/promises'
import { type Sounds, toSound } from './sound.ts'
import { readWav } from './wav.ts'

const load = async (name: string): Promise<Int16Array> => {
  const { sampleRate, samples } = readWav(await readFile(new URL(name, import.meta.url)))
  if (sampleRate !== 8_000)
    throw new RangeError(`${name} has ${sampleRate} samples a second; 8000 are needed`)
  return samples
}

/** The sounds that come with the project, encoded in both laws. Who is on hold hears the music of who waits. */
export const loadSounds = async (): Promise<Sounds> => {
  const [greeting, music] = await Promise.all([load('greeting-en.wav'), load('music.wav')])
  const encodedMusic = toSound(music)
  return { greeting: toSound(greeting), music: encodedMusic, holdMusic: encodedMusic }
}
