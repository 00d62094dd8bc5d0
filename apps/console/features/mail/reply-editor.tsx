'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { Button, Label, TextArea, TextField } from 'react-aria-components'
import { useDates } from '../../format/use-dates.ts'
import { KeyCap } from '../../keyboard/key-cap.tsx'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { useDesk } from '../desk/desk-provider.tsx'
import { useNotices } from '../frame/notices.tsx'
import { useDraft } from './use-draft.ts'

type Props = {
  readonly interactionId: string
  readonly customerName: string
  readonly from: string
  /** Whom the answer goes to; empty when the mail names nobody. */
  readonly to: readonly string[]
  readonly language: string | null
}

type Sending = 'idle' | 'sending' | 'refused'

/** The answer to a mail. Kept with every stroke, so that nothing that rings in between costs a word. */
export function ReplyEditor({ interactionId, customerName, from, to, language }: Props) {
  const t = useTranslations()
  const writeDate = useDates()
  const { commands } = useDesk()
  const { announce, tell } = useNotices()
  const { text, savedAt, setText, forget } = useDraft('reply', interactionId)
  const [sending, setSending] = useState<Sending>('idle')
  const area = useRef<HTMLTextAreaElement>(null)
  const isEmpty = text.trim() === ''

  useShortcut('reply', () => area.current?.focus())
  useShortcut('send', () => {
    if (document.activeElement === area.current) void send(false)
  })

  const send = async (close: boolean) => {
    if (isEmpty || sending === 'sending') return
    setSending('sending')
    const isSent = await commands.reply(interactionId, text, close)
    setSending(isSent ? 'idle' : 'refused')
    if (!isSent) return
    forget()
    announce(t('mail.handedOver'))
  }

  const putBack = async () => {
    if (await commands.putBack(interactionId)) tell(t('mail.isPutBack'))
  }

  return (
    <section className="pane-foot compose" aria-label={t('mail.reply')}>
      <div className="row">
        <p className="meta clamp">
          {to.length === 0 ? t('refusal.noRecipient') : t('mail.fromTo', { from, to: to.join(', ') })}
        </p>
        <Button
          className="link push put-back"
          isDisabled={sending === 'sending' || commands.pending.has('putBack')}
          onPress={() => void putBack()}
        >
          {t('mail.putBack')}
        </Button>
      </div>
      <TextField value={text} onChange={setText} isReadOnly={sending === 'sending'}>
        <Label className="sr">{t('mail.replyTo', { name: customerName })}</Label>
        <TextArea ref={area} className="input" rows={6} {...(language ? { lang: language } : {})} />
      </TextField>
      <div className="row compose-foot">
        <span className="meta" role="status">
          {sending === 'sending'
            ? t('mail.sending')
            : sending === 'refused'
              ? t('mail.keptAsDraft')
              : savedAt === null
                ? ''
                : t('mail.draftSaved', {
                    at: writeDate('time', savedAt),
                  })}
        </span>
        <span className="push" />
        <Button className="btn" isDisabled={isEmpty || sending === 'sending'} onPress={() => void send(true)}>
          {t('mail.sendAndClose')}
        </Button>
        <Button
          className="btn btn-main"
          isDisabled={isEmpty || sending === 'sending'}
          onPress={() => void send(false)}
          aria-keyshortcuts="Control+Enter"
        >
          {t('mail.send')} <KeyCap id="send" />
        </Button>
      </div>
    </section>
  )
}
