import {
  createSoftPhone,
  makeTone,
  measureLevel,
  measureTone,
  type SoftPhoneCall,
} from '@centralino/telephony/testing'
import { eventually } from './eventually.ts'
import type { HubProcess } from './hub-process.ts'

export const BILLING = '+390655500100'

export type Caller = AsyncDisposable & {
  readonly call: SoftPhoneCall
  /** Resolves when a tone is most of what the caller hears, as loud as people speak. */
  hearsTone(hertz: number): Promise<void>
  /** Resolves when the caller hears nothing of a tone any more, whatever else there is or is not. */
  hearsNoTone(hertz: number): Promise<void>
  /** Resolves when the caller hears silence: neither an agent nor music. */
  hearsNothing(): Promise<void>
  /** Resolves when the caller hears something that is not that tone: greeting or music. */
  hearsMusicNot(hertz: number): Promise<void>
}

const LISTEN_MS = 600
/** Around the -15 dB that the microphone is given; a browser in time takes a tone for noise and turns it down by some 20. */
const QUIETEST_DECIBELS = -45
const LOUDEST_DECIBELS = -3

/** A customer's phone: dials, and says a tone from the first second on. */
export const dial = async (
  hub: Pick<HubProcess, 'sip'>,
  options: { readonly number?: string; readonly to?: string; readonly toneHz?: number } = {},
): Promise<Caller> => {
  const phone = await createSoftPhone(options.number === undefined ? {} : { number: options.number })
  const call = await phone.call(`sip:${options.to ?? BILLING}@${hub.sip.address}:${hub.sip.port}`)
  call.ended.catch(() => {})
  call.say(makeTone(options.toneHz ?? 1_000, 1), { repeat: true })
  const tone = (hertz: number) => measureTone(call.heard(LISTEN_MS), hertz)
  return {
    call,
    hearsTone: async (hertz) => {
      await eventually(
        `the caller hears ${hertz} Hz`,
        () => tone(hertz),
        ({ share, decibels }) => share > 0.9 && decibels > QUIETEST_DECIBELS && decibels < LOUDEST_DECIBELS,
      )
    },
    hearsNoTone: async (hertz) => {
      await eventually(
        `the caller does not hear ${hertz} Hz`,
        () => tone(hertz).decibels,
        (decibels) => decibels < -60,
      )
    },
    hearsNothing: async () => {
      await eventually(
        'the caller hears nothing',
        () => measureLevel(call.heard(LISTEN_MS)),
        (level) => level < -60,
      )
    },
    hearsMusicNot: async (hertz) => {
      await eventually(
        `the caller hears music and not ${hertz} Hz`,
        () => ({ level: measureLevel(call.heard(LISTEN_MS)), share: tone(hertz).share }),
        (found) => found.level > -40 && found.share < 0.3,
      )
    },
    [Symbol.asyncDispose]: async () => {
      if (call.status() !== 'ended') call.hangUp()
      await phone[Symbol.asyncDispose]()
    },
  }
}
