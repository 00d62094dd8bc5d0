import { defineRouting } from 'next-intl/routing'

export const LOCALES = ['en', 'it', 'pl'] as const
export type Locale = (typeof LOCALES)[number]

/** The locale stands in the path (`/en`, `/it`, `/pl`); the hub sends `/` to the reader's own. */
export const routing = defineRouting({ locales: LOCALES, defaultLocale: 'en', localePrefix: 'always' })
