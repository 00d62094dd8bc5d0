import { FRAME_SAMPLES } from '../rtp/audio-frame.ts'
import type { G711 } from '../rtp/g711.ts'
import type { Sound } from './sound.ts'

/** Sounds one after the other, the last one again and again, a frame of 20 ms at a time. */
export class Playback {
  readonly #sounds: readonly [Sound, ...Sound[]]
  readonly #onFirstEnd: (() => void) | null
  #index = 0
  #frame = 0

  /** `onFirstEnd` is called once, when the first of several sounds has been taken whole. */
  constructor(sounds: readonly [Sound, ...Sound[]], onFirstEnd: (() => void) | null = null) {
    this.#sounds = sounds
    this.#onFirstEnd = onFirstEnd
  }

  /** True when nothing but the last, repeated sound is left. */
  get looping(): boolean {
    return this.#index === this.#sounds.length - 1
  }

  /** A view of 160 octets. */
  nextEncoded(law: G711): Uint8Array {
    const [sound, frame] = this.#take()
    return sound.encoded[law].subarray(frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES)
  }

  /** A view of 160 samples. */
  nextPcm(): Int16Array {
    const [sound, frame] = this.#take()
    return sound.pcm.subarray(frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES)
  }

  #take(): [Sound, number] {
    const sound = this.#sounds[this.#index] ?? this.#sounds[0]
    const frame = this.#frame
    this.#frame += 1
    if (this.#frame === sound.frames) {
      this.#frame = 0
      if (!this.looping) {
        this.#index += 1
        if (this.#index === 1) this.#onFirstEnd?.()
      }
    }
    return [sound, frame]
  }
}

/** One frame in which `from` fades out while `to` fades in, so that no switch clicks. Null stands for silence. */
export const crossFade = (from: Int16Array | null, to: Int16Array | null): Int16Array =>
  Int16Array.from({ length: FRAME_SAMPLES }, (_, i) => {
    const gain = (i + 0.5) / FRAME_SAMPLES
    return Math.round((from?.[i] ?? 0) * (1 - gain) + (to?.[i] ?? 0) * gain)
  })
