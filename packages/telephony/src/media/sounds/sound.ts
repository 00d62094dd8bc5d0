import { FRAME_SAMPLES } from '../rtp/audio-frame.ts'
import { encodeG711, type G711 } from '../rtp/g711.ts'

/** A prompt or a piece of music, whole frames of 20 ms at 8 kHz, in linear samples and in both laws. */
export type Sound = {
  readonly pcm: Int16Array
  readonly encoded: Readonly<Record<G711, Buffer>>
  readonly frames: number
}

/** What the voice edge can play by itself. */
export type Sounds = {
  readonly greeting: Sound
  readonly music: Sound
  readonly holdMusic: Sound
}

/** Pads with silence to whole frames. */
export const toSound = (samples: Int16Array): Sound => {
  const frames = Math.max(1, Math.ceil(samples.length / FRAME_SAMPLES))
  const pcm = new Int16Array(frames * FRAME_SAMPLES)
  pcm.set(samples)
  return { pcm, frames, encoded: { PCMU: encodeG711('PCMU', pcm), PCMA: encodeG711('PCMA', pcm) } }
}

export const SILENCE: Sound = toSound(new Int16Array(FRAME_SAMPLES))
