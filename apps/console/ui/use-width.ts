'use client'

import { useSyncExternalStore } from 'react'

/** How much room there is: one pane, two, or three. The same limits stand in the style sheets. */
export type Width = 'phone' | 'narrow' | 'wide'

const PHONE = '(max-width: 860px)'
const NARROW = '(max-width: 1180px)'

function subscribe(listener: () => void) {
  const queries = [matchMedia(PHONE), matchMedia(NARROW)]
  for (const query of queries) query.addEventListener('change', listener)
  return () => {
    for (const query of queries) query.removeEventListener('change', listener)
  }
}

const read = (): Width =>
  matchMedia(PHONE).matches ? 'phone' : matchMedia(NARROW).matches ? 'narrow' : 'wide'

export const useWidth = () => useSyncExternalStore(subscribe, read, (): Width => 'wide')
