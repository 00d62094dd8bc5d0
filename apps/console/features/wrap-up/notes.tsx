'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Label, TextArea, TextField } from 'react-aria-components'
import { useDates } from '../../format/use-dates.ts'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { useWrapUpDraft } from './wrap-up-draft.tsx'

/** As much as the hub takes. */
const LONGEST_NOTE = 4000

/** What was said, in the agent's words; kept here with every stroke and sent with the wrap-up. */
export function Notes() {
  const t = useTranslations()
  const writeDate = useDates()
  const { note, setNote, noteSaved } = useWrapUpDraft()
  const area = useRef<HTMLTextAreaElement>(null)
  useShortcut('notes', () => area.current?.focus())
  return (
    <section className="notes">
      <TextField className="contents" value={note} onChange={setNote} maxLength={LONGEST_NOTE}>
        <div className="sec-head">
          <Label>
            <b>{t('notes.title')}</b>
          </Label>
          <span className="push meta">
            {noteSaved === null
              ? ''
              : t('notes.kept', {
                  at: writeDate('timeWithSeconds', noteSaved),
                })}
          </span>
        </div>
        <TextArea ref={area} className="input" aria-keyshortcuts="Alt+O" />
      </TextField>
    </section>
  )
}
