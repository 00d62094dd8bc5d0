'use client'

import { useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import { useDates } from '../../format/use-dates.ts'
import { KeyCap } from '../../keyboard/key-cap.tsx'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { usePhone } from '../../phone/phone-provider.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useDesk } from '../desk/desk-provider.tsx'
import { FindButton } from '../frame/find-button.tsx'
import { PresenceSelect } from '../presence/presence-select.tsx'
import { useBecomeReady } from '../presence/use-become-ready.ts'
import type { BarState } from './bar-state.ts'

type IdleState = Extract<BarState, { status: 'idle' | 'missed' | 'lineAway' | 'lineTaken' }>

/** No call: whether one could ring here, and the one next step when not. */
export function IdleBar({ state }: { state: IdleState }) {
  const t = useTranslations()
  const { desk, live } = useDesk()
  const becomeReady = useBecomeReady()
  const status = desk?.agent.presence.status
  const mayBeReady = status === 'NOT_READY' || status === 'OFFLINE'
  useShortcut('beReady', () => void becomeReady(), mayBeReady)
  // One banner says it for all when the hub is away; here it stands when the line alone is.
  const isHubAway = live.status === 'away'
  const isTrouble = (state.status === 'lineAway' && !isHubAway) || state.status === 'lineTaken'
  return (
    <section className={isTrouble ? 'bar bar-warn' : 'bar'} aria-label={t('callBar.label')}>
      <PresenceSelect />
      {state.status === 'lineAway' && isHubAway ? (
        <span className="line-state">
          <Icon name="off" />
          {t('callBar.noLine')}
        </span>
      ) : (
        <LineWords state={state} />
      )}
      <span className="push" />
      {state.status === 'lineAway' && isHubAway ? null : (
        <IdleAction state={state} mayBeReady={mayBeReady} onReady={() => void becomeReady()} />
      )}
      <FindButton />
    </section>
  )
}

function LineWords({ state }: { state: IdleState }) {
  const t = useTranslations()
  const writeDate = useDates()
  const { line } = usePhone()
  switch (state.status) {
    case 'missed':
      return (
        <span className="line-state">
          <b>{t('callBar.missed')}</b> <span className="only-desk">{t('callBar.missedText')}</span>
        </span>
      )
    case 'lineTaken':
      return (
        <span className="line-state">
          <Icon name="warn" />
          <b>{t('callBar.lineTaken')}</b> <span className="only-desk">{t('callBar.lineTakenText')}</span>
        </span>
      )
    case 'lineAway':
      return (
        <span className="line-state">
          <Icon name="off" />
          <b>
            {t('callBar.lineAway', {
              at: writeDate('time', state.since),
            })}
          </b>{' '}
          <span className="only-desk">{t('callBar.lineAwayText')}</span>
        </span>
      )
    case 'idle':
      return (
        <span className="line-state">
          <Icon name="phone" />
          <span>
            {t('callBar.noCall')}
            <span className="only-desk faint">
              {' '}
              · {t(line.status === 'open' ? 'callBar.lineReady' : 'callBar.lineConnecting')}
            </span>
          </span>
        </span>
      )
  }
}

function IdleAction(props: { state: IdleState; mayBeReady: boolean; onReady: () => void }) {
  const t = useTranslations()
  const { reopenLine } = usePhone()
  switch (props.state.status) {
    case 'lineTaken':
      return (
        <Button className="btn" onPress={reopenLine}>
          {t('callBar.takeLine')}
        </Button>
      )
    case 'lineAway':
      return (
        <Button className="btn" onPress={reopenLine}>
          {t('common.tryAgain')}
        </Button>
      )
    case 'missed':
    case 'idle':
      return !props.mayBeReady ? null : (
        <Button className="btn btn-main" onPress={props.onReady} aria-keyshortcuts="Alt+R">
          {t('callBar.beReady')} <KeyCap id="beReady" />
        </Button>
      )
  }
}
