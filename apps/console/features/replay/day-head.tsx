'use client'

import { useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import { useClient } from 'urql'
import type { WriteDate } from '../../format/use-dates.ts'
import { act } from '../../gql/act.ts'
import { CloseReplayDocument, type ReplayedDayFragment } from '../../gql/generated/graphql.ts'
import { useRouter } from '../../i18n/navigation.ts'
import { VerifyBadge } from './verify-badge.tsx'

/** Which day it is, why it is looked at, and whether the log is what was sealed. */
export function DayHead(props: { replay: ReplayedDayFragment; writeDate: WriteDate; onClosed: () => void }) {
  const { replay, writeDate, onClosed } = props
  const t = useTranslations()
  const client = useClient()
  const router = useRouter()
  const close = async () => {
    await act(client, CloseReplayDocument, { id: replay.id })
    router.replace('/replay')
    onClosed()
  }
  return (
    <header className="sheet-head">
      <div>
        <h1>{t('replay.title')}</h1>
        <div className="quiet">
          {t('replay.lead', {
            day: writeDate('dayOfYear', replay.from),
            zone: replay.timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? replay.timeZone,
          })}
        </div>
      </div>
      <div className="row push replay-head-end">
        <VerifyBadge seals={replay.seals} writeDate={writeDate} />
        <Button className="btn" onPress={() => void close()}>
          {t('replay.close')}
        </Button>
      </div>
    </header>
  )
}
