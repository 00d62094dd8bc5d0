'use client'

import { useTimeZone, useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { dayOf, labelDay } from './day.ts'
import { useDates } from './use-dates.ts'

/** Says a moment of the past as a person does: Today 14:02, Yesterday 14:02, Friday 20 November at 14:02. */
export function useDayAndTime(): (instant: string, nowMs: number) => string {
  const t = useTranslations()
  const writeDate = useDates()
  const zone = useTimeZone() ?? 'UTC'
  return useCallback(
    (instant, nowMs) => {
      const time = writeDate('time', instant)
      const { kind } = labelDay(dayOf(Date.parse(instant), zone), nowMs, zone)
      switch (kind) {
        case 'today':
          return t('day.todayAt', { time })
        case 'yesterday':
          return t('day.yesterdayAt', { time })
        case 'thisYear':
          return writeDate('dayAndTime', instant)
        case 'otherYear':
          return writeDate('dayOfYear', instant)
      }
    },
    [t, writeDate, zone],
  )
}
