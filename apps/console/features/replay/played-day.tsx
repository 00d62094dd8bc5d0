'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useQuery } from 'urql'
import { dateWriter } from '../../format/use-dates.ts'
import { type ReplayedDayFragment, ReplayPlaceDocument } from '../../gql/generated/graphql.ts'
import { Empty } from '../../ui/empty.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useNotices } from '../frame/notices.tsx'
import { DayHead } from './day-head.tsx'
import { Playing } from './playing.tsx'

type Props = {
  readonly replay: ReplayedDayFragment
  /** The moment that a link leads to. */
  readonly position: string | null
  /** The hub has closed it. */
  readonly onOver: () => void
  readonly onClosed: () => void
}

/** One day of the floor, event by event. */
export function PlayedDay({ replay, position, onOver, onClosed }: Props) {
  const t = useTranslations()
  const locale = useLocale()
  const writeDate = useMemo(() => dateWriter(locale, replay.timeZone), [locale, replay.timeZone])
  const first = useFirstNumber(replay, position)
  const over = useOver(onOver)
  return (
    <div className="sheet page replay">
      <DayHead replay={replay} writeDate={writeDate} onClosed={onClosed} />
      {replay.isCut ? <p className="note-bar note-warn">{t('replay.isCut')}</p> : null}
      {replay.eventCount === 0 ? (
        <Empty icon="replay" level={2} title={t('replay.nothing')} text={t('replay.nothingText')} />
      ) : first === null ? (
        <Skeleton />
      ) : (
        <Playing replay={replay} first={first} writeDate={writeDate} onFailure={over} />
      )}
    </div>
  )
}

/** The event of the link, or the day's last. */
function useFirstNumber(replay: ReplayedDayFragment, position: string | null): number | null {
  const [{ data, error }] = useQuery({
    query: ReplayPlaceDocument,
    variables: { id: replay.id, position },
    pause: position === null,
  })
  if (position === null || error) return replay.eventCount
  const found = data?.replay?.numberAt
  return found === undefined ? null : Math.max(1, found)
}

/** What is asked of a replay that the hub has closed fails: it is opened anew. */
function useOver(onOver: () => void): () => void {
  const t = useTranslations()
  const { tell } = useNotices()
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    if (!isOver) return
    tell(t('refusal.replayNotOpen'), 'warn')
    onOver()
  }, [isOver, onOver, tell, t])
  return useCallback(() => setOver(true), [])
}
