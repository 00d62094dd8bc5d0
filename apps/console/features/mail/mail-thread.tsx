'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { MailMessage } from './mail-message.tsx'
import type { Thread } from './use-thread.ts'

/** So many of the newest stand open. */
const OPEN = 3

/** The mails of one correspondence, newest on top; older ones wait behind one line. */
export function MailThread({ thread, language }: { thread: Thread; language: string | null }) {
  const t = useTranslations()
  const [showsAll, setShowsAll] = useState(false)
  switch (thread.status) {
    case 'loading':
      return <Skeleton />
    case 'failed':
      return (
        <Empty icon="warn" tone="late" title={t('mail.notLoaded')} text={t('mail.notLoadedText')}>
          <Button className="btn" onPress={thread.again}>
            {t('common.tryAgain')}
          </Button>
        </Empty>
      )
    case 'ready': {
      const newestFirst = thread.mails.toReversed()
      const shown = showsAll ? newestFirst : newestFirst.slice(0, OPEN)
      const hidden = newestFirst.length - shown.length
      return (
        <>
          {shown.map((mail) => (
            <MailMessage key={mail.id} mail={mail} language={language} />
          ))}
          {hidden > 0 ? (
            <div className="fold">
              <Button className="link" onPress={() => setShowsAll(true)}>
                <Icon name="down" size={14} />
                {t('mail.earlier', { count: hidden })}
              </Button>
            </div>
          ) : null}
        </>
      )
    }
  }
}
