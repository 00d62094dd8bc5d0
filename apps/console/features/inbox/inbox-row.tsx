'use client'

import { useTranslations } from 'next-intl'
import { formatClock, roughDuration, secondsUntil, since } from '../../format/clock.ts'
import { useNow } from '../../server-time/use-now.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useCustomerName } from '../customer/customer-name.ts'
import type { InteractionLine } from '../desk/desk-types.ts'
import { useIsOutcomeChosen } from '../wrap-up/wrap-up-draft.tsx'
import type { GroupName } from './inbox-groups.ts'

type Props = { readonly item: InteractionLine; readonly group: GroupName; readonly expiresAt: string | null }

/** One contact: channel, who, what, and the clock that counts for it. */
export function InboxRow({ item, group, expiresAt }: Props) {
  const t = useTranslations()
  const nameOf = useCustomerName()
  const queue = item.queue?.name ?? ''
  const what =
    item.channel === 'EMAIL' && item.subject
      ? item.subject
      : t(
          group === 'offered'
            ? 'inbox.callsNow'
            : group === 'onTheLine'
              ? 'inbox.isOnTheLine'
              : item.status === 'WRAP_UP'
                ? group === 'wrapUp'
                  ? 'inbox.toWrapUp'
                  : 'inbox.wrapUpRanOut'
                : 'inbox.waitsIn',
          { queue },
        )
  return (
    <>
      <ChannelMark channel={item.channel} />
      <span className="from clamp">{nameOf(item.customer, item.contactPoint, item.channel)}</span>
      <RowClock {...{ item, group, expiresAt }} />
      <span
        className="what clamp"
        {...(item.channel === 'EMAIL' && item.customer.language ? { lang: item.customer.language } : {})}
      >
        {what}
      </span>
    </>
  )
}

function RowClock({ item, group, expiresAt }: Props) {
  const t = useTranslations()
  const isOutcomeChosen = useIsOutcomeChosen(item.id)
  const now = useNow()
  if (group === 'offered') {
    return (
      <span className="sla sla-warn">
        <Icon name="warn" size={14} />
        {t('inbox.secondsToAnswer', { seconds: secondsUntil(expiresAt, now) })}
      </span>
    )
  }
  if (group === 'onTheLine') {
    return <span className="sla">{formatClock(since(item.handlingStartedAt, now))}</span>
  }
  if (item.status === 'WRAP_UP') {
    return (
      <span className="sla sla-warn">
        <Icon name="pen" size={14} />
        {t(isOutcomeChosen ? 'inbox.notFinished' : 'inbox.notNoted')}
      </span>
    )
  }
  if (item.reopenedWhy !== null) {
    return (
      <span className="sla sla-late">
        <Icon name="flag" size={14} />
        {t('inbox.replyNotSent', { why: item.reopenedWhy })}
      </span>
    )
  }
  if (item.chasers > 0) {
    return (
      <span className="sla sla-warn">
        <Icon name="flag" size={14} />
        {t('inbox.chased', { count: item.chasers })}
      </span>
    )
  }
  if (item.channel === 'CALL') {
    return (
      <span className="sla">
        <Icon name="clock" size={14} />
        {t('inbox.waits', { clock: formatClock(since(item.queuedAt ?? item.openedAt, now)) })}
      </span>
    )
  }
  const { unit, count } = roughDuration(since(item.openedAt, now))
  return (
    <span className="sla">
      <Icon name="clock" size={14} />
      {t('inbox.forHowLong', { unit, count })}
    </span>
  )
}
