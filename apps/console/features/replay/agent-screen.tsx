'use client'

import { useTranslations } from 'next-intl'
import { formatClock, since } from '../../format/clock.ts'
import { useNow } from '../../server-time/use-now.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { useCustomerName } from '../customer/customer-name.ts'
import type { Desk, InteractionLine } from '../desk/desk-types.ts'
import { PresenceState } from '../presence/presence-state.tsx'

/** What an agent's screen showed: state, who was on the line or rang, and the inbox. */
export function AgentScreen({ desk }: { desk: Desk }) {
  const t = useTranslations()
  const now = useNow()
  const nameOf = useCustomerName()
  const { agent, offer, current } = desk
  const atHand = offer?.interaction ?? current
  const listed = [...desk.mine, ...desk.waiting]
  return (
    <section className="saw" aria-label={t('replay.saw', { agent: agent.name })}>
      <div className={atHand?.channel === 'CALL' ? 'saw-bar saw-call' : 'saw-bar'}>
        <PresenceState status={agent.presence.status} reason={agent.presence.reason} />
        <span className="clock">{formatClock(since(agent.presence.since, now))}</span>
        {atHand ? (
          <>
            <b>{nameOf(atHand.customer, atHand.contactPoint, atHand.channel)}</b>
            <span className="quiet">{atHand.queue?.name}</span>
          </>
        ) : null}
        {offer ? <span className="push saw-tag">{t('replay.sawRings')}</span> : null}
      </div>
      <div className="saw-b">
        <div>
          <h4>{t('nav.inbox')}</h4>
          {listed.length === 0 ? <p className="quiet">{t('replay.sawEmptyInbox')}</p> : null}
          <ul>
            {listed.slice(0, 12).map((item) => (
              <li key={item.id} className="row">
                <ChannelMark channel={item.channel} />
                {nameOf(item.customer, item.contactPoint, item.channel)}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h4>{t('replay.sawContact')}</h4>
          {atHand ? <AtHand item={atHand} /> : <p className="quiet">{t('replay.sawNoContact')}</p>}
        </div>
      </div>
    </section>
  )
}

function AtHand({ item }: { item: InteractionLine }) {
  const t = useTranslations()
  const now = useNow()
  return (
    <>
      <p>{item.subject ?? item.contactPoint.display}</p>
      {item.excerpt ? (
        <p className="quiet" {...(item.customer.language ? { lang: item.customer.language } : {})}>
          {item.excerpt}
        </p>
      ) : null}
      <p className="quiet num">
        {item.handlingStartedAt && !item.handlingEndedAt
          ? t('replay.sawTalking', { clock: formatClock(since(item.handlingStartedAt, now)) })
          : item.queuedAt && !item.handlingStartedAt
            ? t('replay.sawWaiting', { clock: formatClock(since(item.queuedAt, now)) })
            : t('replay.sawOver')}
      </p>
    </>
  )
}
