'use client'

import { useLocale, useTranslations } from 'next-intl'
import { Link, usePathname } from '../../i18n/navigation.ts'
import { LOCALES, type Locale } from '../../i18n/routing.ts'

/** Each language in its own words, so that everybody finds theirs. */
export const LANGUAGE_NAMES = { en: 'English', it: 'Italiano', pl: 'Polski' } as const satisfies Record<
  Locale,
  string
>

export function LanguageChoice() {
  const t = useTranslations()
  const current = useLocale()
  const path = usePathname()
  return (
    <nav className="seg" aria-label={t('common.language')}>
      {LOCALES.map((locale) => (
        <Link
          key={locale}
          href={path}
          locale={locale}
          lang={locale}
          {...(locale === current ? { 'aria-current': 'true' as const } : {})}
        >
          {LANGUAGE_NAMES[locale]}
        </Link>
      ))}
    </nav>
  )
}
