'use client'

import { useTranslations } from 'next-intl'
import { usePathname } from '../../i18n/navigation.ts'
import { Icon } from '../../ui/icons.tsx'
import { mayOpen } from '../session/home-of.ts'
import { ROLE } from '../session/role-words.ts'
import { useMe } from '../session/session.tsx'
import { FindButton } from './find-button.tsx'
import { placeAt } from './places.ts'

/** For who has no line: the place, the search, the role. */
export function PlainBar() {
  const t = useTranslations()
  const me = useMe()
  const here = placeAt(usePathname())
  return (
    <section className="bar bar-plain" aria-label={t('nav.place')}>
      <span className="quiet">{here ? t(here.label) : null}</span>
      <span className="push" />
      {mayOpen('/customers', { role: me.role, hasLine: false }) ? <FindButton /> : null}
      <span className="meta row">
        <Icon name="lock" size={14} />
        {t(ROLE[me.role])}
      </span>
    </section>
  )
}
