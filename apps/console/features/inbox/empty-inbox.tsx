'use client'

import { useTranslations } from 'next-intl'
import { useQuery } from 'urql'
import { formatClock, since } from '../../format/clock.ts'
import { MyQueuesDocument } from '../../gql/generated/graphql.ts'
import { useNow } from '../../server-time/use-now.ts'
import { Empty } from '../../ui/empty.tsx'
import { useDesk } from '../desk/desk-provider.tsx'
import { missingSkills } from '../offer/why-you.ts'

/** An empty inbox says why it is empty: in no queue yet, or all done. */
export function EmptyInbox() {
  const t = useTranslations()
  const now = useNow()
  const { desk } = useDesk()
  const [{ data }] = useQuery({ query: MyQueuesDocument })
  if (desk === null) return null
  const { skills, presence } = desk.agent
  const isInNoQueue =
    data?.queues.every((queue) => missingSkills(queue.requiredSkills, skills).length > 0) === true
  if (isInNoQueue) return <Empty icon="inbox" title={t('empty.noQueue')} text={t('empty.noQueueText')} />
  return (
    <Empty icon="check" title={t('empty.allDone')} text={t('empty.allDoneText')}>
      {presence.status === 'READY' ? (
        <span className="meta">
          {t('empty.readyFor', { clock: formatClock(since(presence.since, now)) })}
        </span>
      ) : (
        <span className="meta">{t('empty.notReady')}</span>
      )}
    </Empty>
  )
}
