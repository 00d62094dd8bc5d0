'use client'

import { useTranslations } from 'next-intl'
import { usePhone } from '../../phone/phone-provider.tsx'
import { useDesk } from '../desk/desk-provider.tsx'
import { OfferBar } from '../offer/offer-bar.tsx'
import { barState } from './bar-state.ts'
import { IdleBar } from './idle-bar.tsx'
import { InCallBar } from './in-call-bar.tsx'
import { WrapUpBar } from './wrap-up-bar.tsx'

/** Always there for who has a line: what the telephone does now. */
export function CallBar() {
  const t = useTranslations()
  const { desk } = useDesk()
  const phone = usePhone()
  if (desk === null) return <section className="bar" aria-label={t('callBar.label')} />
  const state = barState(desk, phone.state, phone.line)
  switch (state.status) {
    case 'offered':
      return <OfferBar key={state.offer.id} offer={state.offer} />
    case 'inCall':
      return <InCallBar call={state.call} media={state.media} agentId={desk.agent.id} />
    case 'wrapUp':
      return <WrapUpBar contact={state.contact} />
    case 'idle':
    case 'missed':
    case 'lineAway':
    case 'lineTaken':
      return <IdleBar state={state} />
  }
}
