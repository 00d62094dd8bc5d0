'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useClient } from 'urql'
import type { WriteDate } from '../../format/use-dates.ts'
import {
  LogCheckDocument,
  type LogCheckQuery,
  type ReplayedDayFragment,
} from '../../gql/generated/graphql.ts'
import { KeyCap } from '../../keyboard/key-cap.tsx'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { Icon } from '../../ui/icons.tsx'
import { WaitingButton } from '../../ui/waiting-button.tsx'
import { useNotices } from '../frame/notices.tsx'

type Check =
  | { readonly status: 'notAsked' }
  | { readonly status: 'checking' }
  | { readonly status: 'checked'; readonly found: LogCheckQuery['logCheck'] }

/** Whether the log is what was sealed; checked when somebody asks. */
export function VerifyBadge(props: { seals: ReplayedDayFragment['seals']; writeDate: WriteDate }) {
  const { seals, writeDate } = props
  const t = useTranslations()
  const format = useFormatter()
  const client = useClient()
  const { tell, announce } = useNotices()
  const [check, setCheck] = useState<Check>({ status: 'notAsked' })
  const verify = async () => {
    if (check.status === 'checking') return
    setCheck({ status: 'checking' })
    const { data } = await client.query(LogCheckDocument, {}, { requestPolicy: 'network-only' }).toPromise()
    if (!data) {
      setCheck({ status: 'notAsked' })
      tell(t('refusal.unreachable'), 'warn')
      return
    }
    setCheck({ status: 'checked', found: data.logCheck })
    announce(t(data.logCheck.isWhole ? 'verify.whole' : 'verify.broken'))
  }
  useShortcut('verify', () => void verify())
  const last = seals.at(-1)
  const sealed =
    last === undefined
      ? t('verify.noSeal')
      : t('verify.sealedBy', { number: format.number(last.number), at: writeDate('time', last.at) })
  return (
    <div className="row badge">
      {check.status === 'checked' ? (
        <span className={check.found.isWhole ? 'ok row' : 'late row'}>
          <Icon name={check.found.isWhole ? 'shield' : 'flag'} size={20} />
        </span>
      ) : (
        <span className="row faint">
          <Icon name="shield" size={20} />
        </span>
      )}
      <div>
        <b>
          {check.status === 'checked'
            ? t(check.found.isWhole ? 'verify.whole' : 'verify.broken')
            : t(check.status === 'checking' ? 'verify.checking' : 'verify.notAsked')}
        </b>
        <div className="meta">
          {check.status !== 'checked'
            ? sealed
            : check.found.isWhole
              ? t('verify.read', {
                  events: check.found.events,
                  sealed: check.found.sealed,
                })
              : t('verify.brokenText')}
        </div>
      </div>
      <WaitingButton
        className="btn"
        isWaiting={check.status === 'checking'}
        onPress={() => void verify()}
        aria-keyshortcuts="V"
      >
        {t(check.status === 'checked' ? 'verify.again' : 'verify.verify')}
        <KeyCap id="verify" />
      </WaitingButton>
    </div>
  )
}
