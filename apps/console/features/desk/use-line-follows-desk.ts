'use client'

import { useEffect, useRef } from 'react'
import { usePhone } from '../../phone/phone-provider.tsx'
import { useDesk } from './desk-provider.tsx'
import { shouldTake, standingCall } from './line-rules.ts'

/** Keeps the browser phone with the desk: a call that is mine has a leg here, one that is over has none. */
export function useLineFollowsDesk(): void {
  const { desk } = useDesk()
  const phone = usePhone()
  const ended = useRef<string | null>(null)
  const last = useRef<string | null>(null)
  const call = standingCall(desk)
  const mine = call?.id ?? null
  const leg = phone.state.status === 'idle' ? null : phone.state.interactionId

  useEffect(() => {
    // A leg that ended because the line went to another window is opened again when the line comes back.
    if (phone.line.status === 'taken') ended.current = null
    else if (last.current !== null && leg === null) ended.current = last.current
    last.current = leg
    if (shouldTake({ mine, leg, line: phone.line.status, ended: ended.current }) && mine !== null) {
      phone.take(mine)
    } else if (leg !== null && desk !== null && mine !== leg) {
      phone.release()
    }
    if (mine === null) ended.current = null
  }, [mine, leg, desk, phone])
}
