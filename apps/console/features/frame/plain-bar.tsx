'use client'

import { useTranslations } from 'next-intl'
import { usePathname } from '../../i18n/navigation.ts'
import { Icon } from '../../ui/icons.tsx'
import { mayOpen } from '../session/home-of.ts'
import { useMe } from '../session/session.tsx'
import { FindButton } from './find-button.tsx'
import { ROLE } from './me-menu.tsx'

/** For who has no line: the place, the search, the role. */
export function PlainBar() {
  const t = useTranslations()
  const me = useMe()
  const isBoard = usePathname().startsWith('/board')
  return (
    <section className="bar bar-plain" aria-label={t('nav.place')}>
      <span className="quiet">{t(isBoard ? 'nav.board' : 'nav.customers')}</span>
      <span className="push" />
      {mayOpen('/customers', { role: me.role, hasLine: false }) ? <FindButton /> : null}
      <span className="meta row">
        <Icon name="lock" size={14} />
        {t(ROLE[me.role])}
      </span>
    </section>
  )
}
