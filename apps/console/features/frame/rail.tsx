'use client'

import { useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import { Link, usePathname } from '../../i18n/navigation.ts'
import { Icon } from '../../ui/icons.tsx'
import { mayOpen } from '../session/home-of.ts'
import { hasLine, useMe } from '../session/session.tsx'
import { MeMenu } from './me-menu.tsx'
import { PLACES, placeAt } from './places.ts'

/** The places this person may go; bottom tabs on a phone. */
export function Rail({ onKeys }: { onKeys: () => void }) {
  const t = useTranslations()
  const me = useMe()
  const here = placeAt(usePathname())
  const who = { role: me.role, hasLine: hasLine(me) }
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <span className="mark" aria-hidden="true">
        <Icon name="mark" size={20} />
      </span>
      {PLACES.filter(({ place }) => mayOpen(place, who)).map(({ place, icon, label }) => (
        <Link
          key={place}
          className="rail-item"
          href={place}
          {...(here?.place === place ? { 'aria-current': 'page' as const } : {})}
        >
          <Icon name={icon} size={20} />
          <span>{t(label)}</span>
        </Link>
      ))}
      <span className="spacer" />
      <Button className="rail-item more" onPress={onKeys} aria-keyshortcuts="?">
        <Icon name="keyboard" size={20} />
        <span>{t('nav.keys')}</span>
      </Button>
      <MeMenu />
    </nav>
  )
}
