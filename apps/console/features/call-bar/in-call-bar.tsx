'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import { formatClock, since } from '../../format/clock.ts'
import type { MessageKey } from '../../i18n/message-key.ts'
import { KeyCap } from '../../keyboard/key-cap.tsx'
import { DOUBLE_PRESS_MS } from '../../keyboard/shortcuts.ts'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { createDoublePress } from '../../keyboard/when.ts'
import type { LineQuality } from '../../phone/line-quality.ts'
import type { MicrophoneTrouble } from '../../phone/microphone.ts'
import { usePhone } from '../../phone/phone-provider.tsx'
import { useNow } from '../../server-time/use-now.ts'
import { Icon } from '../../ui/icons.tsx'
import { useCustomerName } from '../customer/customer-name.ts'
import { useDesk } from '../desk/desk-provider.tsx'
import type { OnTheLine } from '../desk/desk-types.ts'
import { useNotices } from '../frame/notices.tsx'
import { PresenceSelect } from '../presence/presence-select.tsx'
import { legsState, type Media } from './bar-state.ts'

/** In a call: who, how long, and what can be done with the line. Buttons show what the line has agreed to. */
export function InCallBar({ call, media, agentId }: { call: OnTheLine; media: Media; agentId: string }) {
  const t = useTranslations()
  const nameOf = useCustomerName()
  const { commands } = useDesk()
  const { tell } = useNotices()
  const phone = usePhone()
  const hangUpTwice = useRef(createDoublePress(DOUBLE_PRESS_MS))
  const { heldBy, heldSince, isHeld, isMuted } = legsState(call, agentId)

  const { setMuted: muteHere } = phone
  // Muted here and unmuted in another window, the microphone must follow; the hub keeps who is muted unheard in any case.
  useEffect(() => muteHere(isMuted), [isMuted, muteHere])

  const setMuted = async (muted: boolean) => {
    // Silent at once: a word said to nobody is not to be heard because the hub was slow.
    phone.setMuted(muted)
    if (!(await commands.setMuted(muted))) phone.setMuted(!muted)
  }
  const setHold = (hold: boolean) => void commands.setHold(hold)
  useShortcut('hold', () => setHold(!isHeld))
  useShortcut('mute', () => void setMuted(!isMuted))
  useShortcut('hangUp', () => {
    if (hangUpTwice.current.press(performance.now())) void commands.hangUp()
    else tell(t('callBar.pressAgain'))
  })

  return (
    <section className="bar bar-call" aria-label={t('callBar.inCall')}>
      <PresenceSelect />
      <div className="who">
        <div className="name clamp">{nameOf(call.customer, call.contactPoint, call.channel)}</div>
        <div className="quiet clamp">
          {heldBy !== null && media.status !== 'connecting' ? (
            <span className="held">
              <HeldFor by={heldBy} since={heldSince} />
            </span>
          ) : (
            <>
              {call.queue ? <span className="parted">{call.queue.name}</span> : null}
              <MediaWord media={media} isMuted={isMuted} />
            </>
          )}
        </div>
      </div>
      <CallClock call={call} />
      <span className="divide" />
      <div className="tools">
        <ToggleButton
          className="tool"
          isSelected={isHeld}
          isDisabled={commands.pending.has('hold')}
          onChange={setHold}
          aria-keyshortcuts="Alt+H"
        >
          <Icon name={isHeld ? 'play' : 'pause'} size={20} />
          <span className="word">{t(isHeld ? 'callBar.resume' : 'callBar.hold')}</span>
        </ToggleButton>
        <ToggleButton
          className="tool"
          isSelected={isMuted}
          isDisabled={commands.pending.has('mute')}
          onChange={(muted) => void setMuted(muted)}
          aria-keyshortcuts="Alt+M"
        >
          <Icon name={isMuted ? 'micOff' : 'mic'} size={20} />
          <span className="word">{t(isMuted ? 'callBar.unmute' : 'callBar.mute')}</span>
        </ToggleButton>
      </div>
      <MediaTrouble media={media} />
      <Button
        className="btn btn-hang push"
        onPress={() => void commands.hangUp()}
        isDisabled={commands.pending.has('hangUp')}
        aria-keyshortcuts="Alt+X"
      >
        <Icon name="phoneOff" />
        {t('callBar.hangUp')} <KeyCap id="hangUp" />
      </Button>
    </section>
  )
}

function CallClock({ call }: { call: OnTheLine }) {
  const now = useNow()
  return <span className="now num">{formatClock(since(call.handlingStartedAt, now))}</span>
}

function HeldFor(props: { by: 'us' | 'customer' | 'both'; since: string | null }) {
  const t = useTranslations()
  const now = useNow()
  const word = t('callBar.onHold', { by: props.by })
  return props.since === null ? (
    word
  ) : (
    <>
      {word} · <span className="num">{formatClock(since(props.since, now))}</span>
    </>
  )
}

const MEDIA: Readonly<Record<Exclude<Media['status'], 'talking'>, MessageKey>> = {
  connecting: 'callBar.connecting',
  noMicrophone: 'callBar.noMicrophone',
  failed: 'callBar.noSound',
  elsewhere: 'callBar.elsewhere',
}

const QUALITY = {
  good: { label: 'callBar.lineGood', className: 'ok' },
  fair: { label: 'callBar.lineFair', className: '' },
  poor: { label: 'callBar.linePoor', className: 'warn' },
} as const satisfies Record<LineQuality, { readonly label: MessageKey; readonly className: string }>

function MediaWord({ media, isMuted }: { media: Media; isMuted: boolean }) {
  const t = useTranslations()
  const { quality } = usePhone()
  if (media.status === 'talking') {
    if (isMuted) return <span className="warn">{t('callBar.youAreMuted')}</span>
    // Nothing is said of a line that is not measured yet.
    return quality === null ? null : (
      <span className={QUALITY[quality].className}>{t(QUALITY[quality].label)}</span>
    )
  }
  const tone = media.status === 'connecting' ? '' : 'late'
  return <span className={tone}>{t(MEDIA[media.status])}</span>
}

const MICROPHONE: Readonly<Record<MicrophoneTrouble, MessageKey>> = {
  insecure: 'microphone.insecure',
  denied: 'microphone.denied',
  missing: 'microphone.missing',
  busy: 'microphone.busy',
}

/** No sound one way or the other: what is so, and the one next step. */
function MediaTrouble({ media }: { media: Media }) {
  const t = useTranslations()
  const phone = usePhone()
  if (media.status === 'elsewhere') {
    return (
      <Button className="btn" onPress={phone.reopenLine}>
        {t('callBar.talkHere')}
      </Button>
    )
  }
  if (media.status !== 'noMicrophone' && media.status !== 'failed') return null
  return (
    <span className="row media-trouble" role="alert">
      <span className="sla sla-late">
        <Icon name="warn" size={14} />
        {t(media.status === 'failed' ? 'callBar.noSoundText' : MICROPHONE[media.why])}
      </span>
      <Button className="btn" onPress={phone.retryMicrophone}>
        {t('common.tryAgain')}
      </Button>
    </span>
  )
}
