'use client'

import { useState } from 'react'
import { serverClock } from '../../server-time/server-clock.ts'
import { sevenDaysBefore } from './contact-history.ts'

/** Seven days before this part of the page was opened: one question to the hub, not another one each second. */
export function useSevenDaysAgo(): string {
  const [since] = useState(() => sevenDaysBefore(serverClock.now()))
  return since
}
