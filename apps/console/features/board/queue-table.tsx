'use client'

import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { formatClock, since } from '../../format/clock.ts'
import { skillList } from '../../format/skill.ts'
import type { BoardStateFragment } from '../../gql/generated/graphql.ts'
import { Link } from '../../i18n/navigation.ts'
import { useNow } from '../../server-time/use-now.ts'
import { Empty } from '../../ui/empty.tsx'
import { mayOpen } from '../session/home-of.ts'
import { useMe } from '../session/session.tsx'

type Row = BoardStateFragment['queues'][number]

/** One row a queue, always in the same order. */
export function QueueTable({ rows }: { rows: readonly Row[] }) {
  const t = useTranslations()
  const me = useMe()
  if (rows.length === 0) {
    return (
      <Empty icon="queue" level={2} title={t('board.noQueue')} text={t('board.noQueueText')}>
        {mayOpen('/queues', { role: me.role, hasLine: false }) ? (
          <Link className="btn" href="/queues">
            {t('queues.toQueues')}
          </Link>
        ) : null}
      </Empty>
    )
  }
  return (
    <section className="sec board-queues" aria-label={t('board.queues')}>
      <table className="table board-table">
        <thead>
          <tr>
            <th scope="col">{t('board.queue')}</th>
            <th scope="col" className="n">
              {t('board.waiting')}
            </th>
            <th scope="col" className="n">
              {t('board.longestWait')}
            </th>
            <th scope="col" className="n only-desk">
              {t('board.ready')}
            </th>
            <th scope="col" className="n only-desk">
              {t('board.engaged')}
            </th>
            <th scope="col" className="n">
              {t('board.answered')}
            </th>
            <th scope="col" className="n">
              {t('board.abandoned')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <QueueRow key={row.queue.id} row={row} />
          ))}
        </tbody>
      </table>
      <p className="meta mt-2">{t('board.formula')}</p>
    </section>
  )
}

function QueueRow({ row }: { row: Row }) {
  const t = useTranslations()
  const locale = useLocale()
  const format = useFormatter()
  const now = useNow()
  const { queue } = row
  return (
    <tr>
      <th scope="row">
        <b>{queue.name}</b>
        <div className="meta">
          {queue.requiredSkills.length === 0 ? t('board.anyAgent') : skillList(queue.requiredSkills, locale)}
        </div>
      </th>
      <td data-label={t('board.waiting')} className="n figure">
        {format.number(row.waiting)}
      </td>
      <td data-label={t('board.longestWait')} className="n figure">
        {row.longestWaitingSince === null ? '–' : formatClock(since(row.longestWaitingSince, now))}
      </td>
      <td className="n only-desk">{format.number(row.readyAgents)}</td>
      <td className="n only-desk">{format.number(row.engagedAgents)}</td>
      <td data-label={t('board.answered')} className="n">
        {format.number(row.answeredToday)}
      </td>
      <td data-label={t('board.abandoned')} className="n">
        {format.number(row.abandonedToday)}
      </td>
    </tr>
  )
}
