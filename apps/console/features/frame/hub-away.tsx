'use client'

import { useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import { Empty } from '../../ui/empty.tsx'

/** The hub did not answer at all: nothing can be shown yet. */
export function HubAway({ onAgain }: { onAgain: () => void }) {
  const t = useTranslations()
  return (
    <main className="grid min-h-dvh">
      <Empty icon="off" tone="warn" level={1} title={t('connection.noHub')} text={t('connection.noHubText')}>
        <Button className="btn" onPress={onAgain}>
          {t('common.tryAgain')}
        </Button>
      </Empty>
    </main>
  )
}
