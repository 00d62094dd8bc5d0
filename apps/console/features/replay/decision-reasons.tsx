'use client'

import { useLocale, useTranslations } from 'next-intl'
import { skillList } from '../../format/skill.ts'
import type { OfferLineFragment } from '../../gql/generated/graphql.ts'
import { Icon } from '../../ui/icons.tsx'
import { eligibleCount, inOrder, missingSkills, VERDICT } from '../offer/why-you.ts'
import type { Moment } from './use-moment.ts'

type Props = { readonly decision: NonNullable<Moment['decision']>; readonly offer: OfferLineFragment }

/** Who was considered and why, and whether the same facts give the same answer today. */
export function DecisionReasons({ decision, offer }: Props) {
  const t = useTranslations()
  const locale = useLocale()
  const { considered, agent, queue, policyVersion } = offer
  return (
    <section className="sec" aria-label={t('decision.title', { agent: agent.name })}>
      <h3>{t('decision.title', { agent: agent.name })}</h3>
      <p>{t('decision.couldTakeIt', { eligible: eligibleCount(considered), all: considered.length })}</p>
      <ul className="reasons">
        {inOrder(considered, agent.id).map((one) => (
          <li key={one.agent.id} {...(one.agent.id === agent.id ? { className: 'reason-chosen' } : {})}>
            <span className={one.eligible ? 'row ok' : 'row quiet'}>
              <Icon name={one.eligible ? 'check' : 'x'} size={14} />
              <span className="sr">{t(one.eligible ? 'common.yes' : 'common.no')}</span>
            </span>
            <span>
              <b>{one.agent.name}</b>{' '}
              <span className="quiet">
                {one.why === 'SKILL_MISSING'
                  ? t('verdict.skillMissing', {
                      count: missingSkills(queue.requiredSkills, one.agent.skills).length,
                      skills: skillList(missingSkills(queue.requiredSkills, one.agent.skills), locale),
                    })
                  : t(VERDICT[one.why])}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="row again">
        <span className={decision.isSameAgain ? 'ok row' : 'warn row'}>
          <Icon name={decision.isSameAgain ? 'check' : 'warn'} />
        </span>
        <span>
          {decision.isSameAgain
            ? t('replay.sameAgain')
            : decision.agentAgain
              ? t('replay.otherAgain', { agent: decision.agentAgain.name })
              : t('replay.noneAgain')}
        </span>
      </p>
      <p className="meta">{t('decision.policyVersion', { version: policyVersion })}</p>
    </section>
  )
}
