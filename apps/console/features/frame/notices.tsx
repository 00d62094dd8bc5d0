'use client'

import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { Button } from 'react-aria-components'
import { Icon } from '../../ui/icons.tsx'

type Notice = { readonly id: number; readonly tone: 'plain' | 'warn' | 'late'; readonly text: string }
type Tell = (text: string, tone?: Notice['tone']) => void
type Notices = {
  readonly notice: Notice | null
  readonly spoken: string
  tell: Tell
  announce(text: string): void
  /** Takes these words back, unless others were said since. */
  hush(text: string): void
  drop(): void
}

const NoticesContext = createContext<Notices | null>(null)
const SHOWN_MS = 10_000

/** What the page says: in one line for the eyes, and through one polite live region for the ears. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Notice | null>(null)
  const [spoken, setSpoken] = useState('')
  const announce = useCallback((text: string) => {
    // The same words again are news again only when the region was empty in between.
    setSpoken('')
    setTimeout(() => setSpoken(text), 50)
  }, [])
  const hush = useCallback((text: string) => setSpoken((now) => (now === text ? '' : now)), [])
  const tell = useCallback<Tell>(
    (text, tone = 'plain') => {
      setNotice((last) => ({ id: (last?.id ?? 0) + 1, tone, text }))
      announce(text)
    },
    [announce],
  )
  const drop = useCallback(() => setNotice(null), [])
  useEffect(() => {
    if (notice === null) return
    const timer = setTimeout(drop, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [notice, drop])
  const value = useMemo(
    () => ({ notice, spoken, tell, announce, hush, drop }),
    [notice, spoken, tell, announce, hush, drop],
  )
  return <NoticesContext value={value}>{children}</NoticesContext>
}

export function useNotices(): Pick<Notices, 'tell' | 'announce' | 'hush'> {
  const notices = useContext(NoticesContext)
  if (notices === null) throw new Error('useNotices outside the frame')
  return notices
}

/** The line of the last notice, and the page's one live region. */
export function NoticeLine() {
  const t = useTranslations()
  const notices = useContext(NoticesContext)
  if (notices === null) return null
  const { notice, spoken, drop } = notices
  return (
    <>
      <div className="sr" role="status" aria-live="polite" data-testid="announcements">
        {spoken}
      </div>
      {notice ? (
        <div className={notice.tone === 'plain' ? 'note-bar' : `note-bar note-${notice.tone}`}>
          <Icon name={notice.tone === 'plain' ? 'note' : 'warn'} />
          <span>{notice.text}</span>
          <Button className="btn btn-quiet btn-icon push" onPress={drop} aria-label={t('common.dismiss')}>
            <Icon name="x" />
          </Button>
        </div>
      ) : null}
    </>
  )
}
