'use client'

import { useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import { Link } from '../../i18n/navigation.ts'
import { Empty } from '../../ui/empty.tsx'

type Props = {
  readonly hasAgent: boolean
  readonly hasQueue: boolean
  /** Left out where agents are not added: a link leads there. */
  readonly onAddAgent?: () => void
  readonly onAddQueue?: () => void
}

/** What is still to be set up before a call can be answered; nothing when all is there. */
export function NextSteps({ hasAgent, hasQueue, onAddAgent, onAddQueue }: Props) {
  const t = useTranslations()
  if (hasAgent && hasQueue) return null
  return (
    <div className="next-steps">
      {hasAgent ? null : (
        <Empty icon="badge" level={2} title={t('people.noAgent')} text={t('people.noAgentText')}>
          {onAddAgent ? (
            <Button className="btn btn-main" onPress={onAddAgent}>
              {t('people.addFirstAgent')}
            </Button>
          ) : (
            <Link className="btn" href="/people">
              {t('people.toPeople')}
            </Link>
          )}
        </Empty>
      )}
      {hasQueue ? null : (
        <Empty icon="queue" level={2} title={t('board.noQueue')} text={t('queues.noneText')}>
          {onAddQueue ? (
            <Button className="btn btn-main" onPress={onAddQueue}>
              {t('queues.addFirst')}
            </Button>
          ) : (
            <Link className="btn" href="/queues">
              {t('queues.toQueues')}
            </Link>
          )}
        </Empty>
      )}
    </div>
  )
}
