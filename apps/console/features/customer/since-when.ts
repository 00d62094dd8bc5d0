'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { useDates } from '../../format/use-dates.ts'

type Since = { readonly customerSince: string | null; readonly createdAt: string }

/** "Customer since March 2019". The date may be a year, a month or a day: as much of it is said as is known. */
export function useSinceWhen(): (customer: Since) => string {
  const t = useTranslations()
  const writeDate = useDates()
  return useCallback(
    ({ customerSince, createdAt }) => {
      const text = customerSince ?? createdAt
      if (/^\d{4}$/.test(text)) return t('customer.since', { when: text })
      const date = new Date(text)
      return Number.isNaN(date.getTime())
        ? t('customer.since', { when: text })
        : t('customer.since', { when: writeDate('month', date.getTime()) })
    },
    [t, writeDate],
  )
}
