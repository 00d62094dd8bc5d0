'use client'

import { useLocale, useTimeZone } from 'next-intl'
import { useMemo } from 'react'
import type { Locale } from '../i18n/routing.ts'

/** English as Europe writes it: Friday 20 November, 14:05. */
const TAGS = { en: 'en-GB', it: 'it-IT', pl: 'pl-PL' } as const satisfies Record<Locale, string>

const SHAPES = {
  /** 14:05 */
  time: { hour: '2-digit', minute: '2-digit' },
  /** 14:05:32 */
  timeWithSeconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  /** Friday 20 November */
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  /** Friday 20 November 2025 */
  dayOfYear: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** Friday 20 November at 14:05 */
  dayAndTime: { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  /** Friday 20 November 2025 at 14:05:32 */
  moment: {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  },
  /** 20 Nov, 14:05 */
  shortDayAndTime: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  /** 20 Nov 2025 */
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  /** March 2019 */
  month: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

export type DateShape = keyof typeof SHAPES
export type WriteDate = (shape: DateShape, at: string | number) => string

/** Writes dates for a language and zone; hours run from 0 to 23 in every language. `at`: an instant, or ms since the epoch. */
export function dateWriter(locale: Locale, timeZone: string): WriteDate {
  const formats = new Map<DateShape, Intl.DateTimeFormat>()
  return (shape, at) => {
    const format =
      formats.get(shape) ??
      new Intl.DateTimeFormat(TAGS[locale], { ...SHAPES[shape], timeZone, hourCycle: 'h23' })
    formats.set(shape, format)
    return format.format(typeof at === 'number' ? at : Date.parse(at))
  }
}

export function useDates(): WriteDate {
  const locale = useLocale()
  const timeZone = useTimeZone() ?? 'UTC'
  return useMemo(() => dateWriter(locale, timeZone), [locale, timeZone])
}
