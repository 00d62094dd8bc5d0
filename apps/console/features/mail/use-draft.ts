'use client'

import { useCallback, useMemo, useState } from 'react'
import { createDraftStore, type DraftStore } from './draft-store.ts'

type UseDraft = {
  readonly text: string
  /** When it was last kept, this machine's time in ms; null while empty or when the browser keeps nothing. */
  readonly savedAt: number | null
  readonly setText: (text: string) => void
  readonly forget: () => void
}

/** The text of one interaction, kept with every stroke. The component must have the interaction as its `key`. */
export function useDraft(kind: 'reply' | 'note', interactionId: string): UseDraft {
  const store = useMemo<DraftStore>(() => createDraftStore(kind, localStorage), [kind])
  const [draft, setDraft] = useState(() => store.read(interactionId))
  const setText = useCallback(
    (text: string) => {
      const savedAt = Date.now()
      const isKept = store.write(interactionId, text, savedAt)
      setDraft({ interactionId, text, savedAt: isKept ? savedAt : 0 })
    },
    [store, interactionId],
  )
  const forget = useCallback(() => {
    store.forget(interactionId)
    setDraft(null)
  }, [store, interactionId])
  return {
    text: draft?.text ?? '',
    savedAt: draft === null || draft.savedAt === 0 || draft.text.trim() === '' ? null : draft.savedAt,
    setText,
    forget,
  }
}
