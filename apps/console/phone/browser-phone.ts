import type { Leg } from './leg.ts'
import type { LineSample } from './line-quality.ts'
import type { Microphone } from './microphone.ts'
import type { PhoneEvent } from './phone-state.ts'
import type { VoiceNotice } from './voice-protocol.ts'
import { VoiceRefusal } from './voice-socket.ts'

type LegEvents = { readonly onVoice: (track: MediaStreamTrack) => void; readonly onBroken: () => void }

type Options = {
  readonly openLeg: (interactionId: string, events: LegEvents) => Promise<Leg>
  readonly askMicrophone: () => Promise<Microphone>
  /** Plays the customer's voice; null stops it. */
  readonly play: (track: MediaStreamTrack | null) => void
  readonly dispatch: (event: PhoneEvent) => void
}

export type BrowserPhone = {
  /** Opens the leg of an accepted call; a second asking for the same one does nothing. */
  take(interactionId: string): void
  /** Tries the microphone again for the leg that stands. */
  retryMicrophone(): void
  /** Silences the microphone here and now; the hub's own mute follows by a command. */
  setMuted(muted: boolean): void
  /** What was received of the customer's voice up to now; null without a leg, or when it cannot be measured. */
  measure(): Promise<LineSample | null>
  notice(notice: VoiceNotice): void
  /** The call is over for this browser: lets go of microphone and media. */
  release(): void
}

/** A broken media path is opened anew so many times, then the agent is told. */
const MOST_REOPENINGS = 2

type Standing = {
  readonly interactionId: string
  reopenings: number
  leg: Leg | null
  track: MediaStreamTrack | null
}

/** Owns microphone, media and leg of one call at a time. All that it finds out goes to `dispatch`. */
export function createBrowserPhone(options: Options): BrowserPhone {
  let standing: Standing | null = null
  let muted = false

  const letGo = (call: Standing) => {
    call.leg?.close()
    call.leg = null
    call.track?.stop()
    call.track = null
    options.play(null)
  }

  const fail = (call: Standing, error: unknown) => {
    if (standing !== call) return
    letGo(call)
    options.dispatch({ type: 'failed', code: error instanceof VoiceRefusal ? error.code : 'NO_MEDIA' })
  }

  const speak = async (call: Standing) => {
    const microphone = await options.askMicrophone()
    if (standing !== call || call.leg === null) {
      if (microphone.status === 'granted') microphone.track.stop()
      return
    }
    if (microphone.status === 'trouble') {
      options.dispatch({ type: 'microphoneTrouble', why: microphone.why })
      return
    }
    call.track = microphone.track
    microphone.track.enabled = !muted
    microphone.track.onended = () => {
      if (standing === call) options.dispatch({ type: 'microphoneTrouble', why: 'missing' })
    }
    await call.leg.speak(microphone.track)
  }

  const open = async (call: Standing) => {
    try {
      const leg = await options.openLeg(call.interactionId, {
        onVoice: (track) => standing === call && options.play(track),
        onBroken: () => reopen(call),
      })
      if (standing !== call) {
        leg.close()
        return
      }
      call.leg = leg
      await speak(call)
    } catch (error) {
      fail(call, error)
    }
  }

  const reopen = (call: Standing) => {
    if (standing !== call) return
    letGo(call)
    if (call.reopenings >= MOST_REOPENINGS) {
      options.dispatch({ type: 'failed', code: 'NO_MEDIA' })
      return
    }
    call.reopenings += 1
    options.dispatch({ type: 'opening', interactionId: call.interactionId })
    void open(call)
  }

  const release = () => {
    if (standing === null) return
    letGo(standing)
    standing = null
    muted = false
    options.dispatch({ type: 'ended' })
  }

  return {
    take(interactionId) {
      if (standing?.interactionId === interactionId) return
      release()
      standing = { interactionId, reopenings: 0, leg: null, track: null }
      options.dispatch({ type: 'opening', interactionId })
      void open(standing)
    },
    retryMicrophone() {
      const call = standing
      if (call === null) return
      options.dispatch({ type: 'opening', interactionId: call.interactionId })
      if (call.leg === null) void open(call)
      else speak(call).catch((error: unknown) => fail(call, error))
    },
    setMuted(next) {
      muted = next
      if (standing?.track) standing.track.enabled = !next
    },
    async measure() {
      try {
        return (await standing?.leg?.measure()) ?? null
      } catch {
        // A leg that closes under the question: nothing is measured, nothing is said.
        return null
      }
    },
    notice(notice) {
      switch (notice.notice) {
        case 'bridged':
          if (standing?.leg?.legId === notice.legId)
            options.dispatch({ type: 'bridged', legId: notice.legId })
          return
        case 'legEnded':
          if (standing?.leg?.legId === notice.legId) release()
          return
        case 'lineTaken':
          release()
          return
        // The desk opens the leg of a running call, as after a page loaded anew.
        case 'lineReturned':
          return
      }
    },
    release,
  }
}
