import { unreachable } from '@centralino/domain/kernel'
import type { PlayedSource } from './media.ts'
import type { AudioFrame } from './rtp/audio-frame.ts'
import { encodeG711 } from './rtp/g711.ts'
import type { RtpSender } from './rtp/rtp-sender.ts'
import type { Ticker } from './rtp/ticker.ts'
import { crossFade, Playback } from './sounds/playback.ts'
import { SILENCE, type Sounds } from './sounds/sound.ts'

export type EarOptions = {
  readonly sender: RtpSender
  readonly sounds: Sounds
  readonly ticker: Ticker
  readonly onGreetingFinished: () => void
}

type Source =
  | { readonly status: 'playing'; readonly name: PlayedSource; readonly playback: Playback }
  /** One last frame of what was playing fades out; forwarded frames are taken after it. */
  | { readonly status: 'fadingOut' }
  | { readonly status: 'forwarding' }
  | { readonly status: 'closed' }

/**
 * What one leg hears: a sender whose source can be switched without the far end noticing more than a cross-fade of
 * 20 ms. Played sources are paced by the shared ticker; a bridged leg's frames go out as they come in.
 */
export class Ear {
  readonly #options: EarOptions
  #source: Source
  /** The last source's next frame, to be faded out under the new one's first. */
  #fadingFrom: Int16Array | null = null
  #crossFading = true
  #stopTicking: (() => void) | null = null

  /** Begins with silence: the far end has a stream from the first moment. */
  constructor(options: EarOptions) {
    this.#options = options
    this.#source = { status: 'playing', name: 'silence', playback: new Playback([SILENCE]) }
    this.#startTicking()
  }

  /** Replaces what is heard. The same music goes on where it is. */
  play(name: PlayedSource): void {
    const source = this.#source
    if (source.status === 'closed') return
    if (source.status === 'playing') {
      const restarts = name === 'greetingThenMusic' || (name === 'music' && !source.playback.looping)
      if (!restarts && (source.name === name || (name === 'music' && source.name === 'greetingThenMusic')))
        return
      this.#fadingFrom = source.playback.nextPcm()
    }
    this.#source = { status: 'playing', name, playback: this.#playbackOf(name) }
    this.#crossFading = true
    this.#options.sender.startSource()
    this.#startTicking()
  }

  /** From here on `take` is heard. */
  forward(): void {
    const source = this.#source
    if (source.status !== 'playing') return
    this.#fadingFrom = source.playback.nextPcm()
    this.#source = { status: 'fadingOut' }
  }

  /** A frame of the bridged leg; dropped while something else is heard. */
  take(frame: AudioFrame): void {
    if (this.#source.status === 'forwarding') this.#options.sender.sendForwarded(frame)
  }

  close(): void {
    this.#source = { status: 'closed' }
    this.#stopTicking?.()
    this.#stopTicking = null
  }

  #playbackOf(name: PlayedSource): Playback {
    const { greeting, music, holdMusic } = this.#options.sounds
    switch (name) {
      case 'greetingThenMusic':
        return new Playback([greeting, music], this.#options.onGreetingFinished)
      case 'music':
        return new Playback([music])
      case 'holdMusic':
        return new Playback([holdMusic])
      case 'silence':
        return new Playback([SILENCE])
      default:
        return unreachable(name)
    }
  }

  #startTicking(): void {
    this.#stopTicking ??= this.#options.ticker.add((frames, skipped) => {
      if (skipped > 0) this.#options.sender.startSource()
      for (let i = 0; i < frames; i++) this.#sendFrame()
    })
  }

  #sendFrame(): void {
    const { sender } = this.#options
    const source = this.#source
    switch (source.status) {
      case 'playing': {
        if (!this.#crossFading) {
          sender.sendPaced(source.playback.nextEncoded(sender.format.law))
          return
        }
        const mixed = crossFade(this.#fadingFrom, source.playback.nextPcm())
        this.#crossFading = false
        this.#fadingFrom = null
        sender.sendPaced(encodeG711(sender.format.law, mixed))
        return
      }
      case 'fadingOut': {
        const from = this.#fadingFrom
        this.#fadingFrom = null
        this.#source = { status: 'forwarding' }
        sender.sendPaced(encodeG711(sender.format.law, crossFade(from, null)))
        sender.startSource()
        this.#stopTicking?.()
        this.#stopTicking = null
        return
      }
      case 'forwarding':
      case 'closed':
        return
      default:
        unreachable(source)
    }
  }
}
