'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { skillList, skillName } from '../../format/skill.ts'
import { useDates } from '../../format/use-dates.ts'
import { Choice } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icons.tsx'
import { LayerDialog } from '../../ui/layer-dialog.tsx'
import type { OfferLine } from '../desk/desk-types.ts'
import { eligibleCount, inOrder, missingSkills, VERDICT } from './why-you.ts'

type Filter = 'all' | 'eligible' | 'not'

/** Who was considered for an offer, and why each was or was not chosen. */
export function DecisionDialog(props: {
  offer: OfferLine
  isOpen: boolean
  onOpenChange: (open: boolean) => void
}) {
  const { offer } = props
  const t = useTranslations()
  const locale = useLocale()
  const writeDate = useDates()
  const [filter, setFilter] = useState<Filter>('all')
  const eligible = eligibleCount(offer.considered)
  const all = offer.considered.length
  const shown = inOrder(offer.considered, offer.agent.id).filter(
    (one) => filter === 'all' || one.eligible === (filter === 'eligible'),
  )
  const required = offer.queue.requiredSkills

  return (
    <LayerDialog
      wide
      title={t('decision.title', { agent: offer.agent.name })}
      subtitle={t('decision.subtitle', {
        queue: offer.queue.name,
        at: writeDate('moment', offer.offeredAt),
      })}
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
    >
      <p className="big">{t('decision.couldTakeIt', { eligible, all })}</p>
      <dl className="strip">
        <div>
          <dt>{t('decision.rule')}</dt>
          <dd>{t('decision.ruleLongestReady')}</dd>
        </div>
        <div>
          <dt>{t('decision.askedFor')}</dt>
          <dd>{required.length === 0 ? t('decision.nothing') : skillList(required, locale)}</dd>
        </div>
        <div>
          <dt>{t('decision.policy')}</dt>
          <dd>{t('decision.policyVersion', { version: offer.policyVersion })}</dd>
        </div>
      </dl>
      <div className="sec-head mt-5">
        <h3>{t('decision.considered')}</h3>
        <span className="push">
          <Choice
            label={t('decision.show')}
            value={filter}
            onChange={setFilter}
            options={[
              { value: 'all', label: t('decision.all', { count: all }) },
              { value: 'eligible', label: t('decision.eligible', { count: eligible }) },
              { value: 'not', label: t('decision.notEligible', { count: all - eligible }) },
            ]}
          />
        </span>
      </div>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('decision.agent')}</th>
            <th scope="col" className="only-desk">
              {t('decision.skills')}
            </th>
            <th scope="col">{t('decision.could')}</th>
            <th scope="col">{t('decision.why')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ agent, eligible: could, why }) => (
            <tr key={agent.id} {...(agent.id === offer.agent.id ? { className: 'chosen' } : {})}>
              <td>
                <b>{agent.name}</b>
              </td>
              <td className="quiet only-desk">
                {agent.skills.map((skill) => skillName(skill, locale)).join(', ')}
              </td>
              <td>
                <span className={could ? 'row ok' : 'row quiet'}>
                  <Icon name={could ? 'check' : 'x'} />
                  {could ? t('common.yes') : t('common.no')}
                </span>
              </td>
              <td>
                {why === 'SKILL_MISSING' ? (
                  <Missing required={required} skills={agent.skills} />
                ) : (
                  t(VERDICT[why])
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </LayerDialog>
  )
}

/** Skills may have been given since: then it is only said that one was missing. */
function Missing({ required, skills }: { required: readonly string[]; skills: readonly string[] }) {
  const t = useTranslations()
  const locale = useLocale()
  const missing = missingSkills(required, skills)
  return t('verdict.skillMissing', { count: missing.length, skills: skillList(missing, locale) })
}
