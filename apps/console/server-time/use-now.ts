'use client'

import { createContext, useContext, useSyncExternalStore } from 'react'
import { serverClock } from './server-clock.ts'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined
let second = 0

/** One timer for all clocks on the page, on the hub's full seconds; none while nobody looks. */
function tick() {
  second = Math.floor(serverClock.now() / 1000) * 1000
  for (const listener of listeners) listener()
  timer = listeners.size > 0 ? setTimeout(tick, 1000 - (serverClock.now() % 1000)) : undefined
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  if (timer === undefined) timer = setTimeout(tick, 1000 - (serverClock.now() % 1000))
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0 && timer !== undefined) {
      clearTimeout(timer)
      timer = undefined
      second = 0
    }
  }
}

function snapshot() {
  if (second === 0) second = Math.floor(serverClock.now() / 1000) * 1000
  return second
}

const FixedNowContext = createContext<number | null>(null)

/** Below it clocks stand at another time than now, ms since the epoch: that of a replay. */
export const FixedNow = FixedNowContext

/** The hub's time in ms since the epoch, renewed on every full second. */
export function useNow(): number {
  const now = useSyncExternalStore(subscribe, snapshot, () => 0)
  return useContext(FixedNowContext) ?? now
}
