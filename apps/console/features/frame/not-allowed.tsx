'use client'

import { useTranslations } from 'next-intl'
import { Link } from '../../i18n/navigation.ts'
import { Empty } from '../../ui/empty.tsx'
import { HOME_OF } from '../session/home-of.ts'
import { useMe } from '../session/session.tsx'

export function NotAllowed() {
  const t = useTranslations()
  const me = useMe()
  return (
    <Empty icon="lock" level={1} title={t('empty.notAllowed')} text={t('empty.notAllowedText')}>
      <Link className="btn" href={HOME_OF[me.role]}>
        {t('empty.goHome')}
      </Link>
    </Empty>
  )
}
