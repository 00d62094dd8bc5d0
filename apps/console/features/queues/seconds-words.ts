'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'

/** A setting in seconds as people say it: `20 s`, `10 min`, `1 min 30 s`. */
export function useSecondsWords(): (seconds: number) => string {
  const t = useTranslations()
  return useCallback(
    (all) => {
      const minutes = Math.floor(all / 60)
      const seconds = all % 60
      if (minutes === 0) return t('queues.seconds', { seconds })
      return seconds === 0
        ? t('queues.minutes', { minutes })
        : t('queues.minutesAndSeconds', { minutes, seconds })
    },
    [t],
  )
}
