import { Ear } from './ear.ts'
import type { MediaLeg, PlayedSource } from './media.ts'
import { Mouth } from './mouth.ts'
import type { RtpSender } from './rtp/rtp-sender.ts'
import type { Ticker } from './rtp/ticker.ts'
import type { Sounds } from './sounds/sound.ts'

export type LegAudioOptions = {
  readonly sounds: Sounds
  readonly ticker: Ticker
  readonly onGreetingFinished: () => void
  readonly onHearerError: (error: unknown) => void
}

const audioOf = new WeakMap<MediaLeg, LegAudio>()

/**
 * The two halves of a leg's audio: what it says (`mouth`) and what it hears. What it shall hear is remembered, so that
 * it may be told before there is anybody to send to, and is taken up again after a hold.
 */
export class LegAudio {
  readonly mouth: Mouth
  readonly #options: LegAudioOptions
  #ear: Ear | null = null
  #source: PlayedSource | MediaLeg = 'silence'
  #stopHearing: (() => void) | null = null

  constructor(options: LegAudioOptions) {
    this.#options = options
    this.mouth = new Mouth(options.onHearerError)
  }

  /** Makes this the audio of `leg`, so that other legs can hear it. */
  belongTo(leg: MediaLeg): void {
    audioOf.set(leg, this)
  }

  hear(source: PlayedSource | MediaLeg): void {
    this.#source = source
    this.#apply()
  }

  /** There is somebody to send to: `sender` goes on where it stopped. */
  attach(sender: RtpSender): void {
    if (this.#ear !== null) return
    const { sounds, ticker, onGreetingFinished } = this.#options
    sender.startSource()
    this.#ear = new Ear({
      sender,
      sounds,
      ticker,
      onGreetingFinished: () => {
        // Taken up again after a hold, the caller does not hear the greeting twice.
        if (this.#source === 'greetingThenMusic') this.#source = 'music'
        onGreetingFinished()
      },
    })
    this.#apply()
  }

  /** Nobody to send to for now. */
  detach(): void {
    this.#stopHearing?.()
    this.#stopHearing = null
    this.#ear?.close()
    this.#ear = null
  }

  close(): void {
    this.detach()
    this.mouth.close()
  }

  #apply(): void {
    const ear = this.#ear
    if (ear === null) return
    this.#stopHearing?.()
    this.#stopHearing = null
    const source = this.#source
    if (typeof source === 'string') {
      ear.play(source)
      return
    }
    ear.forward()
    this.#stopHearing = audioOf.get(source)?.mouth.heardBy((frame) => ear.take(frame)) ?? null
  }
}
