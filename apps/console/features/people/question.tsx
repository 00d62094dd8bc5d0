'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { ActResult } from '../../gql/act.ts'
import { FormProblem } from '../../ui/form-problem.tsx'
import { WaitingButton } from '../../ui/waiting-button.tsx'
import { refusalKey } from '../refusals/refusals.ts'

/** What will happen, and whether it shall. The safe answer has the focus. */
export function Question<Done>(props: {
  texts: readonly (string | null)[]
  yes: string
  onYes: () => Promise<ActResult<Done>>
  onDone: (done: Done) => void
  onNo: () => void
}) {
  const { texts, yes, onYes, onDone, onNo } = props
  const t = useTranslations()
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const answer = async () => {
    if (isSending) return
    setSending(true)
    const result = await onYes()
    setSending(false)
    switch (result.status) {
      case 'done':
        return onDone(result.done)
      case 'refused':
        return setProblem(t(refusalKey(result.code)))
      case 'unreachable':
        return setProblem(t('refusal.unreachable'))
    }
  }
  return (
    <div className="form">
      <FormProblem text={problem} />
      {texts.map((text) => (text === null ? null : <p key={text}>{text}</p>))}
      <div className="form-foot">
        <Button className="btn" onPress={onNo} autoFocus>
          {t('common.cancel')}
        </Button>
        <WaitingButton className="btn btn-main" onPress={() => void answer()} isWaiting={isSending}>
          {yes}
        </WaitingButton>
      </div>
    </div>
  )
}
