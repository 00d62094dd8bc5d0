'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'

/** The address of this moment, for somebody else who may look: they say why as well. */
export function LinkButton() {
  const t = useTranslations()
  const address = useRef<HTMLSpanElement>(null)
  return (
    <span
      className="row"
      onFocusCapture={() => {
        if (address.current) address.current.textContent = location.href
      }}
      onPointerDownCapture={() => {
        if (address.current) address.current.textContent = location.href
      }}
    >
      <span className="sr" ref={address} aria-hidden="true" />
      <CopyButton label={t('replay.copyLink')} from={address} />
    </span>
  )
}
