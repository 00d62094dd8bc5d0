'use client'

import { useLocale, useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import { skillList } from '../../format/skill.ts'
import { Icon } from '../../ui/icons.tsx'
import { agentsFor } from '../administration/skills-in-use.ts'
import type { Account, Queue } from '../administration/use-administration.ts'
import { PointMark } from './entry-points-field.tsx'
import { useSecondsWords } from './seconds-words.ts'

type Props = {
  readonly queues: readonly Queue[]
  readonly accounts: readonly Account[]
  readonly onChange: (queue: Queue) => void
}

/** What leads to each queue, who can take it, and how long an agent has. */
export function QueuesTable({ queues, accounts, onChange }: Props) {
  const t = useTranslations()
  return (
    <table className="table rows">
      <thead>
        <tr>
          <th scope="col">{t('board.queue')}</th>
          <th scope="col">{t('queues.leadsHere')}</th>
          <th scope="col">{t('queues.skills')}</th>
          <th scope="col">{t('queues.whoCan')}</th>
          <th scope="col" className="n">
            {t('queues.offerRings')}
          </th>
          <th scope="col" className="n">
            {t('presence.wrapUp')}
          </th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <QueueRow
            key={queue.id}
            queue={queue}
            agents={agentsFor(queue, accounts).length}
            onChange={() => onChange(queue)}
          />
        ))}
      </tbody>
    </table>
  )
}

function QueueRow({ queue, agents, onChange }: { queue: Queue; agents: number; onChange: () => void }) {
  const t = useTranslations()
  const locale = useLocale()
  const secondsWords = useSecondsWords()
  return (
    <tr>
      <th scope="row">
        <Button className="link" onPress={onChange}>
          {queue.name}
        </Button>
      </th>
      <td>
        {queue.entryPoints.length === 0 ? (
          <Missing text={t('queues.nothingLeadsHere')} />
        ) : (
          <ul>
            {queue.entryPoints.map((value, index) => (
              <li key={value} className="row">
                <PointMark value={value} />
                <span>{queue.entryPointsDisplay[index]}</span>
              </li>
            ))}
          </ul>
        )}
      </td>
      <td className="quiet">
        {queue.requiredSkills.length === 0 ? t('board.anyAgent') : skillList(queue.requiredSkills, locale)}
      </td>
      <td>
        {agents === 0 ? <Missing text={t('queues.nobodyCan')} /> : t('queues.agents', { count: agents })}
      </td>
      <td className="n" data-label={t('queues.offerRings')}>
        {secondsWords(queue.offerTimeoutSeconds)}
      </td>
      <td className="n" data-label={t('presence.wrapUp')}>
        {queue.wrapUpSeconds === 0 ? t('queues.noWrapUp') : secondsWords(queue.wrapUpSeconds)}
      </td>
    </tr>
  )
}

/** Without this no call gets through. */
function Missing({ text }: { text: string }) {
  return (
    <span className="tag tag-warn">
      <Icon name="warn" size={14} />
      {text}
    </span>
  )
}
