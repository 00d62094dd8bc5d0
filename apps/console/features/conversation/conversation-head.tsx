'use client'

import { useTranslations } from 'next-intl'
import { Button } from 'react-aria-components'
import { KeyCap } from '../../keyboard/key-cap.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useDesk } from '../desk/desk-provider.tsx'
import type { Mode } from './conversation-mode.ts'

type Props = {
  readonly mode: Mode
  readonly title: string
  /** A mail's subject stands in the customer's language. */
  readonly language: string | null
  readonly onCustomer: () => void
}

/** Title of the middle pane, with the way back on a phone and the way to the customer. */
export function ConversationHead({ mode, title, language, onCustomer }: Props) {
  const t = useTranslations()
  const { dispatch } = useDesk()
  const isWrapUpNear = mode === 'inCall' || mode === 'wrapUp'
  return (
    <header className="pane-head">
      <Button
        className="back"
        aria-label={t('conversation.backToInbox')}
        onPress={() => dispatch({ type: 'wentTo', screen: 'list' })}
      >
        <Icon name="back" size={20} />
      </Button>
      <h2 className="subject" {...(language ? { lang: language } : {})}>
        {title}
      </h2>
      {mode === 'beforeAnswer' ? (
        <span className="tag only-desk">
          <Icon name="eye" size={14} />
          {t('conversation.beforeYouAnswer')}
        </span>
      ) : null}
      <Button
        className="btn btn-quiet push only-phone"
        onPress={() => dispatch({ type: 'wentTo', screen: 'customer' })}
      >
        {isWrapUpNear ? t('wrapUp.title') : t('customer.title')}
      </Button>
      <Button
        className="btn btn-quiet push only-desk only-drawer"
        onPress={onCustomer}
        aria-keyshortcuts="Alt+C"
      >
        <Icon name="user" />
        {t('conversation.openCustomer')} <KeyCap id="customer" />
      </Button>
    </header>
  )
}
