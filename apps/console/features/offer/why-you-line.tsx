'use client'

import { useLocale, useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import { skillList } from '../../format/skill.ts'
import type { OfferLine } from '../desk/desk-types.ts'
import { eligibleCount } from './why-you.ts'

/** "Longest ready among 4 with Italian and Billing", and the way to the whole decision. */
export function WhyYouLine({ offer, onSeeDecision }: { offer: OfferLine; onSeeDecision: () => void }) {
  const t = useTranslations()
  return (
    <span>
      <b>{t('offer.whyYou')}</b> {useWhyYou(offer)}{' '}
      <Button className="link" onPress={onSeeDecision}>
        {t('offer.seeDecision')}
      </Button>
    </span>
  )
}

export function useWhyYou(offer: OfferLine): string {
  const t = useTranslations()
  const locale = useLocale()
  const count = eligibleCount(offer.considered)
  const required = offer.queue.requiredSkills
  return required.length === 0
    ? t('offer.longestAmong', { count })
    : t('offer.longestAmongWith', { count, skills: skillList(required, locale) })
}
