'use client'

import { useTranslations } from 'next-intl'
import type { NotReadyReason, PresenceStatus } from '../../gql/generated/graphql.ts'
import { Icon } from '../../ui/icons.tsx'
import { PRESENCE, REASON } from './presence-words.ts'

/** A state as a glyph and a word; for not ready the reason is the word, where there is one. */
export function PresenceState(props: { status: PresenceStatus; reason?: NotReadyReason | null }) {
  const t = useTranslations()
  const look = PRESENCE[props.status]
  const label = props.status === 'NOT_READY' && props.reason ? REASON[props.reason] : look.label
  return (
    <span className={`st ${look.className}`}>
      <Icon name={look.icon} />
      {t(label)}
    </span>
  )
}
