'use client'

import { useTranslations } from 'next-intl'
import { useDates } from '../../format/use-dates.ts'
import type { LiveStatus } from '../../gql/live.ts'
import { usePhone } from '../../phone/phone-provider.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useMachineNow } from '../../ui/use-machine-now.ts'
import { useDesk } from '../desk/desk-provider.tsx'
import { useAskWhenSignedOut } from '../session/session.tsx'

/** The desk's connection: silent while it is well. */
export function DeskConnection() {
  const t = useTranslations()
  const { desk, live } = useDesk()
  const { state } = usePhone()
  useAskWhenSignedOut(live)
  if (desk === null) return null
  return (
    <ConnectionBar
      live={live}
      safe={state.status === 'talking' ? t('connection.callGoesOn') : t('connection.draftsKept')}
    />
  )
}

/** "No connection since 14:04. Your call goes on. Trying again in 4 s." */
export function ConnectionBar({ live, safe }: { live: LiveStatus; safe: string }) {
  if (live.status !== 'away') return null
  return <Away since={live.since} retryAt={live.retryAt} safe={safe} />
}

function Away({ since, retryAt, safe }: { since: number; retryAt: number; safe: string }) {
  const t = useTranslations()
  const writeDate = useDates()
  const now = useMachineNow()
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000))
  return (
    <div className="note-bar note-warn" role="status">
      <Icon name="off" />
      <span>
        <b>{t('connection.lostSince', { at: writeDate('time', since) })}</b> {safe}{' '}
        <span aria-hidden="true" className="num">
          {t('connection.tryingIn', { seconds })}
        </span>
      </span>
    </div>
  )
}
