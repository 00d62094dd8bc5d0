'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Icon } from './icons.tsx'

type Props = {
  readonly title: string
  readonly subtitle?: string
  readonly isOpen: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly wide?: boolean
  /** `form`: what was typed is not lost by a press beside the dialog. `question`: to be answered before anything else. */
  readonly kind?: 'plain' | 'form' | 'question'
  readonly children: ReactNode
}

/** A dialog over the page. Focus goes in, Esc closes, focus returns to where it was. */
export function LayerDialog(props: Props) {
  const { title, subtitle, isOpen, onOpenChange, wide = false, kind = 'plain', children } = props
  const t = useTranslations()
  return (
    <ModalOverlay
      className="veil"
      data-layer="dialog"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={kind === 'plain'}
    >
      <Modal className={wide ? 'dialog-box dialog-wide' : 'dialog-box'}>
        <Dialog className="dialog" role={kind === 'question' ? 'alertdialog' : 'dialog'}>
          <header className="dialog-head">
            <div>
              <Heading slot="title" level={2}>
                {title}
              </Heading>
              {subtitle ? <p className="quiet">{subtitle}</p> : null}
            </div>
            <Button slot="close" className="btn btn-quiet btn-icon push" aria-label={t('common.close')}>
              <Icon name="x" />
            </Button>
          </header>
          {/* Focusable, so that a long text can be scrolled by the keyboard. */}
          <div className="dialog-body">{children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
