'use client'

import { type Messages, NextIntlClientProvider } from 'next-intl'
import { type ReactNode, useSyncExternalStore } from 'react'
import { I18nProvider } from 'react-aria-components'
import type { Locale } from './routing.ts'

const never = () => () => {}
const readersZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
const buildsZone = () => 'UTC'

/** Messages and React Aria's own words in one language; times stand in the reader's zone, not in that of the build. */
export function MessagesProvider(props: { locale: Locale; messages: Messages; children: ReactNode }) {
  const timeZone = useSyncExternalStore(never, readersZone, buildsZone)
  return (
    <NextIntlClientProvider locale={props.locale} messages={props.messages} timeZone={timeZone}>
      <I18nProvider locale={props.locale}>{props.children}</I18nProvider>
    </NextIntlClientProvider>
  )
}
