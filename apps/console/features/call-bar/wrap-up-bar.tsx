'use client'

import { useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import { formatClock, until } from '../../format/clock.ts'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { useNow } from '../../server-time/use-now.ts'
import { Icon } from '../../ui/icons.tsx'
import { useCustomerName } from '../customer/customer-name.ts'
import { useDesk } from '../desk/desk-provider.tsx'
import type { InteractionLine } from '../desk/desk-types.ts'
import { PresenceSelect } from '../presence/presence-select.tsx'
import { useBecomeReady } from '../presence/use-become-ready.ts'

/** After a contact: how long it was, and how long is left to note its outcome. */
export function WrapUpBar({ contact }: { contact: InteractionLine }) {
  const t = useTranslations()
  const nameOf = useCustomerName()
  const { dispatch } = useDesk()
  const becomeReady = useBecomeReady()
  const talked =
    contact.handlingStartedAt && contact.handlingEndedAt
      ? formatClock(Date.parse(contact.handlingEndedAt) - Date.parse(contact.handlingStartedAt))
      : null
  useShortcut('beReady', () => void becomeReady())
  const goThere = () => {
    dispatch({ type: 'chose', interactionId: contact.id })
    dispatch({ type: 'wentTo', screen: 'customer' })
  }
  return (
    <section className="bar" aria-label={t('callBar.afterContact')}>
      <PresenceSelect />
      <div className="who">
        <div className="name clamp">{nameOf(contact.customer, contact.contactPoint, contact.channel)}</div>
        {talked !== null && contact.channel === 'CALL' ? (
          <div className="quiet">{t('callBar.talked', { clock: talked })}</div>
        ) : null}
      </div>
      <span className="row push">
        <ReadyIn />
        <Button className="btn" onPress={goThere}>
          {t('callBar.toWrapUp')}
        </Button>
      </span>
    </section>
  )
}

function ReadyIn() {
  const t = useTranslations()
  const now = useNow()
  const { desk } = useDesk()
  return (
    <span className="sla sla-warn">
      <Icon name="clock" size={14} />
      {t('wrapUp.readyIn', { clock: formatClock(until(desk?.agent.presence.until, now)) })}
    </span>
  )
}
