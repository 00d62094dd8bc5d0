import type { Metadata, Viewport } from 'next'
import { notFound } from 'next/navigation'
import { hasLocale } from 'next-intl'
import { getMessages, setRequestLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import { GraphqlProvider } from '../../gql/graphql-provider.tsx'
import { MessagesProvider } from '../../i18n/messages-provider.tsx'
import { routing } from '../../i18n/routing.ts'
import '../globals.css'

export const metadata: Metadata = { title: { template: '%s · Centralino', default: 'Centralino' } }
export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' }
export const dynamicParams = false

export function generateStaticParams() {
  return routing.locales.map((locale) => ({ locale }))
}

export default async function LocaleLayout(props: {
  children: ReactNode
  params: Promise<{ locale: string }>
}) {
  const { locale } = await props.params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  return (
    // The theme script sets `data-theme` before React looks.
    <html lang={locale} suppressHydrationWarning>
      <head>
        {/* Before the first paint, so not deferred; a file, because the hub's policy forbids inline scripts it has not hashed. */}
        <script src="/theme.js" />
      </head>
      <body>
        <MessagesProvider locale={locale} messages={await getMessages()}>
          <GraphqlProvider>{props.children}</GraphqlProvider>
        </MessagesProvider>
      </body>
    </html>
  )
}
