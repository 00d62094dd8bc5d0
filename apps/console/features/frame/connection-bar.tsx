'use client'

import { useTranslations } from 'next-intl'
import { useDates } from '../../format/use-dates.ts'
import type { LiveStatus } from '../../gql/live.ts'
import type { MessageKey } from '../../i18n/message-key.ts'
import { usePhone } from '../../phone/phone-provider.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useMachineNow } from '../../ui/use-machine-now.ts'
import { useDesk, useDeskIfAny } from '../desk/desk-provider.tsx'
import { useAskWhenSignedOut } from '../session/session.tsx'

/** The desk's connection: silent while it is well. */
export function DeskConnection() {
  const t = useTranslations()
  const { desk, live } = useDesk()
  const { state, line } = usePhone()
  useAskWhenSignedOut(live)
  if (desk === null) return null
  if (live.status !== 'away') return null
  const isStopped = line.status === 'away' && line.isHubStopped
  const safe = state.status === 'talking' ? t('connection.callGoesOn') : t('connection.draftsKept')
  return <Away {...live} lost={isStopped ? 'connection.hubStopped' : 'connection.lostSince'} safe={safe} />
}

/**
 * "No connection since 14:04. The timeline may be incomplete. Trying again in 4 s." Silent where the desk says already
 * that the hub is away.
 */
export function ConnectionBar({ live, safe }: { live: LiveStatus; safe: string }) {
  const desk = useDeskIfAny()
  if (live.status !== 'away' || desk?.live.status === 'away') return null
  return <Away {...live} lost="connection.lostSince" safe={safe} />
}

type AwayProps = {
  readonly since: number
  readonly retryAt: number
  readonly lost: MessageKey
  readonly safe: string
}

function Away({ since, retryAt, lost, safe }: AwayProps) {
  const t = useTranslations()
  const writeDate = useDates()
  const now = useMachineNow()
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000))
  return (
    <div className="note-bar note-warn" role="status">
      <Icon name="off" />
      <span>
        <b>{t(lost, { at: writeDate('time', since) })}</b> {safe}{' '}
        <span aria-hidden="true" className="num">
          {t('connection.tryingIn', { seconds })}
        </span>
      </span>
    </div>
  )
}
