'use client'

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react'
import { type BrowserPhone, createBrowserPhone } from './browser-phone.ts'
import type { LineQuality, LineSample } from './line-quality.ts'
import { askMicrophone, type MicrophoneTrouble, soundChoice } from './microphone.ts'
import { IDLE, type PhoneState, phoneReducer } from './phone-state.ts'
import { play } from './play.ts'
import { useLineQuality } from './use-line-quality.ts'
import { type LineState, openVoiceSocket, type VoiceSocket } from './voice-socket.ts'

export type Phone = {
  readonly line: LineState
  readonly state: PhoneState
  /** How the line of the running call is, as measured here; null until measured. */
  readonly quality: LineQuality | null
  take(interactionId: string): void
  retryMicrophone(): void
  setMuted(muted: boolean): void
  release(): void
  /** Takes the line over from another window, or tries again now. */
  reopenLine(): void
  /** Whether calls could be spoken: asks once, and lets go of the microphone again. Null when all is well. */
  checkMicrophone(): Promise<MicrophoneTrouble | null>
}

const PhoneContext = createContext<Phone | null>(null)

const ask = () => askMicrophone(navigator.mediaDevices, soundChoice(localStorage))

/** The browser phone of whoever has a line, over all pages of the console. */
export function PhoneProvider({ children }: { children: ReactNode }) {
  const [state, dispatch] = useReducer(phoneReducer, IDLE)
  const [line, setLine] = useState<LineState>({ status: 'connecting' })
  const audio = useRef<HTMLAudioElement>(null)
  const machine = useRef<{ socket: VoiceSocket; phone: BrowserPhone } | null>(null)

  useEffect(() => {
    const media = import('./leg.ts')
    const socket = openVoiceSocket({
      url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/voice`,
      onState: (next) => {
        setLine(next)
        // The hub has hung up for everybody: nobody is at the other end of the media.
        if (next.status === 'away' && next.isHubStopped) phone.release()
      },
      onNotice: (notice) => phone.notice(notice),
    })
    const phone = createBrowserPhone({
      openLeg: async (interactionId, events) => (await media).openLeg(socket, interactionId, events),
      askMicrophone: ask,
      play: (track) => audio.current && play(audio.current, track),
      dispatch,
    })
    machine.current = { socket, phone }
    return () => {
      machine.current = null
      phone.release()
      socket.close()
    }
  }, [])

  const measure = useCallback(
    async (): Promise<LineSample | null> => (await machine.current?.phone.measure()) ?? null,
    [],
  )
  const quality = useLineQuality(state.status === 'talking', measure)

  const setMuted = useCallback((muted: boolean) => machine.current?.phone.setMuted(muted), [])

  const value = useMemo<Phone>(
    () => ({
      line,
      state,
      quality,
      take: (interactionId) => machine.current?.phone.take(interactionId),
      retryMicrophone: () => machine.current?.phone.retryMicrophone(),
      setMuted,
      release: () => machine.current?.phone.release(),
      reopenLine: () => machine.current?.socket.reopen(),
      async checkMicrophone() {
        const microphone = await ask()
        if (microphone.status === 'granted') microphone.track.stop()
        return microphone.status === 'trouble' ? microphone.why : null
      },
    }),
    [line, state, quality, setMuted],
  )

  return (
    <PhoneContext value={value}>
      {children}
      {/* A live voice has no captions. */}
      {/* biome-ignore lint/a11y/useMediaCaption: the customer's voice, live */}
      <audio ref={audio} data-testid="customer-voice" />
    </PhoneContext>
  )
}

export function usePhone(): Phone {
  const phone = useContext(PhoneContext)
  if (phone === null) throw new Error('usePhone without a line')
  return phone
}
