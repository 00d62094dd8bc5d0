'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button, Label, Radio, RadioGroup } from 'react-aria-components'
import { formatClock, secondsUntil, until } from '../../format/clock.ts'
import { KeyCap } from '../../keyboard/key-cap.tsx'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { useNow } from '../../server-time/use-now.ts'
import { Icon } from '../../ui/icons.tsx'
import { useDesk } from '../desk/desk-provider.tsx'
import type { Desk, InteractionLine } from '../desk/desk-types.ts'
import { useNotices } from '../frame/notices.tsx'
import { DISPOSITION, DISPOSITIONS } from './dispositions.ts'
import { useIsOutcomeChosen, useWrapUpDraft } from './wrap-up-draft.tsx'

/** Seconds from which the countdown is urgent. */
const URGENT_SECONDS = 10

/** How it ended: may be filled in during the call, and is finished after it. */
export function WrapUpPanel({ interaction }: { interaction: InteractionLine }) {
  const t = useTranslations()
  const { commands, desk } = useDesk()
  const { announce } = useNotices()
  const { note, forgetNote, noteSaved, disposition, setDisposition } = useWrapUpDraft()
  // A mail has no line that must end first: closing it is wrapping it up.
  const isOpen = interaction.status === 'WRAP_UP' || interaction.channel === 'EMAIL'
  const canFinish = isOpen && disposition !== null && !commands.pending.has('wrapUp')

  const picks = useRef<HTMLDivElement>(null)

  const finish = async () => {
    if (disposition === null || !isOpen) {
      if (!isOpen) return
      announce(t('wrapUp.chooseFirst'))
      picks.current?.querySelector('input')?.focus()
      return
    }
    if (await commands.wrapUp(interaction.id, disposition, note.trim())) {
      forgetNote()
      announce(t('wrapUp.done'))
    }
  }
  useShortcut('finishWrapUp', () => void finish())

  return (
    <section className="pane-foot wrap" aria-labelledby="wrap-up-head">
      <div className="row row-wrap">
        <h3 id="wrap-up-head">{t('wrapUp.title')}</h3>
        <span className="push meta">
          <WrapUpClock interaction={interaction} />
        </span>
      </div>
      <RadioGroup
        // Null, not '': with a value that no radio has, none of them could be reached by Tab.
        value={disposition}
        onChange={(value) => setDisposition(DISPOSITIONS.find((one) => one === value) ?? null)}
      >
        <Label className="sr">{t('wrapUp.howDidItEnd')}</Label>
        <div className="picks" ref={picks}>
          {DISPOSITIONS.map((one) => (
            <Radio key={one} value={one} className="pickb">
              {disposition === one ? <Icon name="check" size={14} /> : null}
              {t(DISPOSITION[one])}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      {interaction.status === 'WRAP_UP' && !isCounting(desk, interaction) ? (
        <p className="meta">{t('wrapUp.ranOut')}</p>
      ) : null}
      {noteSaved ? <p className="meta">{t('wrapUp.withNotes')}</p> : null}
      <Button
        className={isOpen ? 'btn btn-main w-full' : 'btn w-full'}
        isDisabled={!canFinish}
        onPress={() => void finish()}
        aria-keyshortcuts="Alt+W"
      >
        {t('wrapUp.finish')} <KeyCap id="finishWrapUp" />
        {isOpen ? null : <span className="sr">{t('wrapUp.afterTheCall')}</span>}
      </Button>
    </section>
  )
}

/** The countdown runs for one contact at a time; of one before it, the outcome alone is missing. */
const isCounting = (desk: Desk | null, interaction: InteractionLine) =>
  desk?.agent.presence.status === 'WRAP_UP' && desk.current?.id === interaction.id

function WrapUpClock({ interaction }: { interaction: InteractionLine }) {
  const t = useTranslations()
  const isOutcomeChosen = useIsOutcomeChosen(interaction.id)
  const now = useNow()
  const { desk } = useDesk()
  if (interaction.status !== 'WRAP_UP' && interaction.channel === 'CALL') {
    const seconds = interaction.queue?.wrapUpSeconds ?? 0
    return <span className="num">{t('wrapUp.nowOrAfter', { clock: formatClock(seconds * 1000) })}</span>
  }
  if (!isCounting(desk, interaction)) return t(isOutcomeChosen ? 'wrapUp.notFinished' : 'wrapUp.open')
  const endsAt = desk?.agent.presence.until
  const left = secondsUntil(endsAt, now)
  return (
    <span className={left <= URGENT_SECONDS ? 'sla sla-late' : 'sla sla-warn'}>
      <Icon name={left <= URGENT_SECONDS ? 'flag' : 'clock'} size={14} />
      {t('wrapUp.readyIn', { clock: formatClock(until(endsAt, now)) })}
    </span>
  )
}
