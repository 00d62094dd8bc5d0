'use client'

import { useEffect } from 'react'
import { secondsUntil } from '../../format/clock.ts'
import { serverClock } from '../../server-time/server-clock.ts'
import { ring, ringChoice } from './ring-tone.ts'

type Alarm = {
  /** `Call: Giulia Ferrante`. */
  readonly title: string
  readonly expiresAt: string
  /** A call rings until it is answered or the offer ends; a mail does not. */
  readonly rings: boolean
  /** False as soon as somebody answers here, and where another window has the line. */
  readonly isOn: boolean
}

/** Calls the agent to the page: rings, names the caller in the window's title, and outside of a hidden page if allowed. */
export function useOfferAlarm({ title, expiresAt, rings, isOn }: Alarm): void {
  useEffect(() => {
    if (!isOn || !rings || ringChoice(localStorage) === 'silent') return
    return ringAloud(secondsUntil(expiresAt, serverClock.now()))
  }, [isOn, rings, expiresAt])

  useEffect(() => {
    if (!isOn) return
    const before = document.title
    document.title = title
    return () => {
      // Whoever went to another page meanwhile has its title already.
      if (document.title === title) document.title = before
    }
  }, [isOn, title])

  useEffect(() => (isOn ? notifyHidden(title) : undefined), [isOn, title])
}

function ringAloud(seconds: number): () => void {
  const context = new AudioContext()
  const stop = ring(context, seconds)
  const wake = () => void context.resume().catch(() => {})
  if (context.state === 'suspended') wake()
  window.addEventListener('pointerdown', wake)
  window.addEventListener('keydown', wake)
  return () => {
    window.removeEventListener('pointerdown', wake)
    window.removeEventListener('keydown', wake)
    stop()
    void context.close().catch(() => {})
  }
}

/** The name and nothing else: a notification may stand on a locked screen. */
function notifyHidden(title: string): (() => void) | undefined {
  if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return
  try {
    const notification = new Notification(title, { tag: 'centralino-offer' })
    notification.onclick = () => {
      window.focus()
      notification.close()
    }
    return () => notification.close()
  } catch {
    // Browsers of phones show them from a service worker only; the ring and the title say it there.
    return
  }
}
