'use client'

import { useTranslations } from 'next-intl'
import type { Channel } from '../gql/generated/graphql.ts'
import { Icon } from './icons.tsx'

/** A channel: icon, colour, and its name for those who see neither. */
export function ChannelMark({ channel }: { channel: Channel }) {
  const t = useTranslations()
  return channel === 'CALL' ? (
    <span className="ch ch-call" role="img" aria-label={t('channel.call')}>
      <Icon name="phone" />
    </span>
  ) : (
    <span className="ch ch-email" role="img" aria-label={t('channel.email')}>
      <Icon name="mail" />
    </span>
  )
}
