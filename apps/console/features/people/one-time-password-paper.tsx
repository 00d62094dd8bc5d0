'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Button } from 'react-aria-components'
import { CopyButton } from '../../ui/copy-button.tsx'

export type OneTimePassword = { readonly email: string; readonly oneTimePassword: string }

/** Shown this once: the hub keeps no more than what it takes to recognise it. */
export function OneTimePasswordPaper(props: { name: string; given: OneTimePassword; onDone: () => void }) {
  const { name, given, onDone } = props
  const t = useTranslations()
  const secret = useRef<HTMLElement>(null)
  return (
    <div className="form">
      <p role="status">{t('oneTime.text', { name, email: given.email })}</p>
      <p className="secret">
        <code ref={secret} translate="no">
          {given.oneTimePassword}
        </code>
      </p>
      <div className="row row-wrap">
        <CopyButton label={t('oneTime.copy')} from={secret} takesFocus />
      </div>
      <p className="meta">{t('oneTime.once')}</p>
      <div className="form-foot">
        <Button className="btn btn-main" onPress={onDone}>
          {t('common.done')}
        </Button>
      </div>
    </div>
  )
}
