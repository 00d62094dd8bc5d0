import { setRequestLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Console } from '../../../features/frame/console.tsx'

/** One frame around every signed-in page, so that a call goes on while the agent looks elsewhere. */
export default async function ConsoleLayout(props: {
  children: ReactNode
  params: Promise<{ locale: string }>
}) {
  const { locale } = await props.params
  setRequestLocale(locale === 'it' || locale === 'pl' ? locale : 'en')
  return <Console>{props.children}</Console>
}
