'use client'

import { useTimeZone, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useClient } from 'urql'
import { dayOf } from '../../format/day.ts'
import { act } from '../../gql/act.ts'
import { OpenReplayDocument } from '../../gql/generated/graphql.ts'
import { FormProblem } from '../../ui/form-problem.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useProblem } from '../../ui/use-problem.ts'
import { WaitingButton } from '../../ui/waiting-button.tsx'
import { refusalKey } from '../refusals/refusals.ts'
import { ReplayRecords } from './replay-records.tsx'

const FIELD_OF: Readonly<Record<string, 'day' | 'reason'>> = {
  DAY_INVALID: 'day',
  REASON_TOO_SHORT: 'reason',
  REASON_TOO_LONG: 'reason',
}

/** Which day, and why: without a reason nobody looks at the past. */
export function OpenDay(props: { day: string | null; isLink: boolean; onOpened: (id: string) => void }) {
  const t = useTranslations()
  const client = useClient()
  const timeZone = useTimeZone() ?? 'UTC'
  const [day, setDay] = useState(() => props.day ?? dayOf(Date.now(), timeZone))
  const [reason, setReason] = useState('')
  const [isWaiting, setWaiting] = useState(false)
  const { at, whole, setProblem } = useProblem<'day' | 'reason'>()
  const open = async (event: FormEvent) => {
    event.preventDefault()
    if (isWaiting) return
    setWaiting(true)
    setProblem(null)
    const result = await act(client, OpenReplayDocument, { day, reason })
    setWaiting(false)
    if (result.status === 'done' && 'id' in result.done) return props.onOpened(result.done.id)
    const code = result.status === 'refused' ? result.code : null
    setProblem({
      field: code === null ? null : (FIELD_OF[code] ?? null),
      text: t(code === null ? 'refusal.unreachable' : refusalKey(code)),
    })
  }
  return (
    <div className="sheet page">
      <header className="sheet-head">
        <div>
          <h1>{t('replay.openTitle')}</h1>
          <div className="quiet">{t('replay.openLead')}</div>
        </div>
      </header>
      <div className="sheet-body">
        <form className="sec replay-open" onSubmit={(event) => void open(event)} noValidate>
          {props.isLink ? <p className="quiet">{t('replay.fromLink')}</p> : null}
          <TextInput label={t('replay.day')} type="date" value={day} onChange={setDay} {...at('day')} />
          <TextInput
            label={t('replay.reason')}
            hint={t('replay.reasonHint')}
            value={reason}
            onChange={setReason}
            maxLength={500}
            {...at('reason')}
          />
          <FormProblem text={whole} />
          <WaitingButton className="btn btn-main" type="submit" isWaiting={isWaiting}>
            {t('replay.open')}
          </WaitingButton>
        </form>
        <ReplayRecords />
      </div>
    </div>
  )
}
