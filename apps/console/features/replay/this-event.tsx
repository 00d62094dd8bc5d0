'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { WriteDate } from '../../format/use-dates.ts'
import type { ReplayedDayFragment } from '../../gql/generated/graphql.ts'
import { Icon } from '../../ui/icons.tsx'
import { CustomerThen } from './customer-then.tsx'
import { DecisionReasons } from './decision-reasons.tsx'
import { aboutOf, wordsOf } from './event-words.ts'
import type { Moment } from './use-moment.ts'

type Props = { readonly replay: ReplayedDayFragment; readonly moment: Moment; readonly writeDate: WriteDate }

/** The event that was last: when, by whom, sealed by what; and of a decision its reasons. */
export function ThisEvent({ replay, moment, writeDate }: Props) {
  const t = useTranslations()
  const format = useFormatter()
  const [looksAt, setLooksAt] = useState(false)
  const { event, decision } = moment
  const { key, values } = wordsOf(event)
  const seal = replay.seals.find(({ at }) => Date.parse(at) >= Date.parse(event.recordedAt))
  return (
    <>
      <header className="pane-head">
        <h2>{t('replay.thisEvent')}</h2>
        <span className="meta push num">{format.number(event.number)}</span>
      </header>
      <div className="sec">
        <p className="strong">{t(key, values)}</p>
        <p className="quiet">{aboutOf(event)}</p>
        {event.customerId ? (
          <Button className="btn mt-2" onPress={() => setLooksAt(true)}>
            <Icon name="user" />
            {t('replay.customerThen')}
          </Button>
        ) : null}
      </div>
      {decision?.offer ? <DecisionReasons decision={decision} offer={decision.offer} /> : null}
      <div className="sec">
        <dl className="facts">
          <dt>{t('replay.happened')}</dt>
          <dd className="num">{withMilliseconds(writeDate, event.happenedAt)}</dd>
          <dt>{t('replay.written')}</dt>
          <dd className="num">{withMilliseconds(writeDate, event.recordedAt)}</dd>
          <dt>{t('replay.by')}</dt>
          <dd>{event.by.name ?? t('replay.byKind', { kind: event.by.kind })}</dd>
          <dt>{t('replay.sealedIn')}</dt>
          <dd>
            {seal === undefined
              ? t('verify.notSealedYet')
              : t('replay.checkpoint', {
                  number: format.number(seal.number),
                  at: writeDate('timeWithSeconds', seal.at),
                })}
          </dd>
        </dl>
      </div>
      <div className="sec">
        <h3 className="row">
          <Icon name="lock" size={14} />
          {t('replay.written2')}
        </h3>
        <p className="quiet">{t('replay.writtenText', { reason: replay.reason })}</p>
      </div>
      {looksAt && event.customerId ? (
        <CustomerThen
          replayId={replay.id}
          number={event.number}
          customerId={event.customerId}
          at={event.recordedAt}
          writeDate={writeDate}
          onClose={() => setLooksAt(false)}
        />
      ) : null}
    </>
  )
}

const withMilliseconds = (writeDate: WriteDate, at: string): string =>
  `${writeDate('timeWithSeconds', at)}.${String(Date.parse(at) % 1000).padStart(3, '0')}`
