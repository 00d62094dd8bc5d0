'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useRouter } from '../../i18n/navigation.ts'
import { KeysDialog } from '../../keyboard/keys-dialog.tsx'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { mayOpen } from '../session/home-of.ts'
import { hasLine, useMe } from '../session/session.tsx'
import { NoticeLine } from './notices.tsx'
import { Rail } from './rail.tsx'

/** Rail, bar, page. */
export function Frame({ bar, children }: { bar: ReactNode; children: ReactNode }) {
  const t = useTranslations()
  const me = useMe()
  const router = useRouter()
  const [showsKeys, setShowsKeys] = useState(false)
  const who = { role: me.role, hasLine: hasLine(me) }
  useShortcut('help', () => setShowsKeys(true))
  useShortcut('goInbox', () => router.push('/desktop'), mayOpen('/desktop', who))
  useShortcut('goCustomers', () => router.push('/customers'), mayOpen('/customers', who))
  useShortcut('goPeople', () => router.push('/people'), mayOpen('/people', who))
  useShortcut('goQueues', () => router.push('/queues'), mayOpen('/queues', who))
  useShortcut('goReplay', () => router.push('/replay'), mayOpen('/replay', who))
  useShortcut('goBoard', () => router.push('/board'), mayOpen('/board', who))
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {t('common.skip')}
      </a>
      <Rail onKeys={() => setShowsKeys(true)} />
      {bar}
      <main className="main" id="main" tabIndex={-1}>
        <NoticeLine />
        {children}
      </main>
      <KeysDialog isOpen={showsKeys} onOpenChange={setShowsKeys} />
    </div>
  )
}
