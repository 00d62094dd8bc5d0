'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button, ProgressBar } from 'react-aria-components'
import { formatClock, secondsUntil, since, until } from '../../format/clock.ts'
import { KeyCap } from '../../keyboard/key-cap.tsx'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { usePhone } from '../../phone/phone-provider.tsx'
import { useNow } from '../../server-time/use-now.ts'
import { Icon } from '../../ui/icons.tsx'
import { useCustomerName } from '../customer/customer-name.ts'
import { useDesk } from '../desk/desk-provider.tsx'
import type { OfferLine } from '../desk/desk-types.ts'
import { useNotices } from '../frame/notices.tsx'
import { PresenceSelect } from '../presence/presence-select.tsx'
import { DecisionDialog } from './decision-dialog.tsx'
import { useOfferAlarm } from './use-offer-alarm.ts'
import { useWhyYou } from './why-you-line.tsx'

/** Somebody rings. Announced once; the focus stays where it is. */
export function OfferBar({ offer }: { offer: OfferLine }) {
  const t = useTranslations()
  const nameOf = useCustomerName()
  const { commands, dispatch } = useDesk()
  const { announce, hush } = useNotices()
  const [showsDecision, setShowsDecision] = useState(false)
  const { line } = usePhone()
  const why = useWhyYou(offer)
  const { interaction, queue } = offer
  const isCall = interaction.channel === 'CALL'
  const name = nameOf(interaction.customer, interaction.contactPoint, interaction.channel)
  const isBusy = commands.pending.has('accept') || commands.pending.has('decline')

  const announcement = t(isCall ? 'offer.announceCall' : 'offer.announceEmail', { name, queue: queue.name })
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once for each offer, whatever is renamed meanwhile.
  useEffect(() => {
    announce(announcement)
    return () => hush(announcement)
  }, [])

  useOfferAlarm({
    title: t(isCall ? 'offer.titleCall' : 'offer.titleEmail', { name }),
    expiresAt: offer.expiresAt,
    rings: isCall,
    isOn: !isBusy && line.status !== 'taken',
  })

  const accept = async () => {
    if (await commands.accept(offer.id)) dispatch({ type: 'chose', interactionId: interaction.id })
  }
  const decline = () => void commands.decline(offer.id)
  useShortcut('answer', () => void accept())
  useShortcut('decline', decline)

  return (
    <section
      className={isCall ? 'bar bar-offer' : 'bar bar-offer bar-offer-email'}
      aria-label={t(isCall ? 'callBar.offeredCall' : 'callBar.offeredEmail')}
    >
      <PresenceSelect />
      <span className="bar-icon breathe">
        <Icon name={isCall ? 'phoneIn' : 'mail'} size={20} />
      </span>
      <div className="who">
        <div className="name clamp">{name}</div>
        <OfferFacts offer={offer} />
      </div>
      <div className="reason only-desk">
        <div>
          <b>{t('offer.whyYou')}</b> {why}
        </div>
        <div className="quiet num">
          <span className="rings">
            <OfferRings offer={offer} /> ·{' '}
          </span>
          <Button className="link" onPress={() => setShowsDecision(true)}>
            {t('offer.seeDecision')}
          </Button>
        </div>
      </div>
      <div className="row offer-act">
        <Button className="btn btn-tall" isDisabled={isBusy} onPress={decline} aria-keyshortcuts="Alt+Q">
          {t('offer.decline')} <KeyCap id="decline" />
        </Button>
        <Button
          className={isCall ? 'btn btn-answer' : 'btn btn-main btn-tall'}
          isDisabled={isBusy}
          onPress={() => void accept()}
          aria-keyshortcuts="Alt+A"
        >
          <Icon name={isCall ? 'phone' : 'mail'} />
          {t(isCall ? 'offer.answer' : 'offer.take')} <KeyCap id="answer" />
        </Button>
      </div>
      <Lease offer={offer} />
      <DecisionDialog offer={offer} isOpen={showsDecision} onOpenChange={setShowsDecision} />
    </section>
  )
}

function OfferFacts({ offer }: { offer: OfferLine }) {
  const t = useTranslations()
  const now = useNow()
  const { interaction, queue, expiresAt } = offer
  const point = interaction.customer.name === null ? '' : interaction.contactPoint.display
  const waited = formatClock(since(interaction.queuedAt ?? interaction.openedAt, now))
  return (
    <div className="quiet clamp num">
      {point === '' ? '' : `${point} · `}
      {queue.name}
      <span className="only-desk"> · {t('offer.waiting', { clock: waited })}</span>
      <span className="only-phone">
        {' '}
        · {t('offer.secondsLeft', { seconds: secondsUntil(expiresAt, now) })}
      </span>
    </div>
  )
}

function OfferRings({ offer }: { offer: OfferLine }) {
  const t = useTranslations()
  const now = useNow()
  return t('offer.rings', { seconds: secondsUntil(offer.expiresAt, now) })
}

/** How much of the offer's time is left. */
function Lease({ offer }: { offer: OfferLine }) {
  const t = useTranslations()
  const now = useNow()
  const whole = Date.parse(offer.expiresAt) - Date.parse(offer.offeredAt)
  const percent = whole > 0 ? Math.min(100, (until(offer.expiresAt, now) / whole) * 100) : 0
  return (
    <ProgressBar
      className="lease"
      aria-label={t('offer.timeLeft')}
      value={percent}
      valueLabel={t('offer.secondsLeft', { seconds: secondsUntil(offer.expiresAt, now) })}
    >
      <i style={{ width: `${percent}%` }} />
    </ProgressBar>
  )
}
