'use client'

import { useEffect, useState } from 'react'

/** This machine's time in ms, renewed every second: for what counts on this side only, such as the next try. */
export function useMachineNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
