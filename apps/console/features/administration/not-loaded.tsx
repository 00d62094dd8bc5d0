'use client'

import { useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import { Empty } from '../../ui/empty.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { Administration } from './use-administration.ts'

/** Not there yet, or the hub did not answer. */
export function NotLoaded(props: { administration: Exclude<Administration, { status: 'ready' }> }) {
  const t = useTranslations()
  const { administration } = props
  if (administration.status === 'loading') return <Skeleton />
  return (
    <Empty
      icon="warn"
      tone="late"
      level={1}
      title={t('administration.failed')}
      text={t('timeline.failedText')}
    >
      <Button className="btn" onPress={administration.again}>
        {t('common.tryAgain')}
      </Button>
    </Empty>
  )
}
