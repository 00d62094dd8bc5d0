'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button, Dialog, Modal, ModalOverlay } from 'react-aria-components'

/** The customer's card where there is no room for a third pane. Alt+C opens, Esc closes. */
export function CustomerDrawer(props: {
  isOpen: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
}) {
  const t = useTranslations()
  return (
    <ModalOverlay
      className="drawer-veil"
      data-layer="drawer"
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
      isDismissable
    >
      <Modal className="drawer">
        <Dialog className="dialog" aria-label={t('customer.title')}>
          {props.children}
          <Button slot="close" className="sr">
            {t('common.close')}
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
