'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { KeyCap } from '../../keyboard/key-cap.tsx'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { Icon } from '../../ui/icons.tsx'
import { FindDialog } from './find-dialog.tsx'

/** Find a customer from anywhere. */
export function FindButton() {
  const t = useTranslations()
  const [isOpen, setOpen] = useState(false)
  useShortcut('find', () => setOpen(true))
  return (
    <>
      <Button className="find" onPress={() => setOpen(true)} aria-keyshortcuts="Control+K">
        <Icon name="search" />
        <span>{t('find.short')}</span>
        <span className="push">
          <KeyCap id="find" />
        </span>
      </Button>
      {isOpen ? <FindDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}
