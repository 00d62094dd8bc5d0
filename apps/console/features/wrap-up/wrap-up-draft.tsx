'use client'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { Disposition } from '../../gql/generated/graphql.ts'
import { useDraft } from '../mail/use-draft.ts'

type WrapUpDraft = {
  readonly interactionId: string
  readonly note: string
  readonly setNote: (note: string) => void
  readonly forgetNote: () => void
  /** When the note was last kept in this browser, ms; null while there is none. */
  readonly noteSaved: number | null
  readonly disposition: Disposition | null
  readonly setDisposition: (disposition: Disposition | null) => void
}

const DraftContext = createContext<WrapUpDraft | null>(null)

/** Note and outcome of one contact: written beside the conversation, sent by the wrap-up. Needs the interaction as its `key`. */
export function WrapUpDraftProvider(props: { interactionId: string; children: ReactNode }) {
  const { text, savedAt, setText, forget } = useDraft('note', props.interactionId)
  const [disposition, setDisposition] = useState<Disposition | null>(null)
  const value = useMemo(
    () => ({
      interactionId: props.interactionId,
      note: text,
      setNote: setText,
      forgetNote: forget,
      noteSaved: savedAt,
      disposition,
      setDisposition,
    }),
    [props.interactionId, text, setText, forget, savedAt, disposition],
  )
  return <DraftContext value={value}>{props.children}</DraftContext>
}

export function useWrapUpDraft(): WrapUpDraft {
  const draft = useContext(DraftContext)
  if (draft === null) throw new Error('useWrapUpDraft outside a contact')
  return draft
}

/** Whether the outcome of this contact is chosen already, and the wrap-up just not finished. */
export function useIsOutcomeChosen(interactionId: string): boolean {
  const draft = useContext(DraftContext)
  return draft !== null && draft.interactionId === interactionId && draft.disposition !== null
}
