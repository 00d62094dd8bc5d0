'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useClient } from 'urql'
import { act } from '../../gql/act.ts'
import { GiveOneTimePasswordDocument } from '../../gql/generated/graphql.ts'
import { LayerDialog } from '../../ui/layer-dialog.tsx'
import type { Account } from '../administration/use-administration.ts'
import { type OneTimePassword, OneTimePasswordPaper } from './one-time-password-paper.tsx'
import { Question } from './question.tsx'

/** For who has forgotten theirs: first what it does, then the new one. */
export function NewPasswordDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useTranslations()
  const client = useClient()
  const [given, setGiven] = useState<OneTimePassword | null>(null)
  const { name } = account
  return (
    <LayerDialog
      title={t(given ? 'oneTime.title' : 'oneTime.ask', { name })}
      kind={given ? 'form' : 'question'}
      isOpen
      onOpenChange={(open) => open || onClose()}
    >
      {given ? (
        <OneTimePasswordPaper name={name} given={given} onDone={onClose} />
      ) : (
        <Question
          texts={[t('oneTime.askText'), account.agent ? t('people.callGoesBack') : null]}
          yes={t('oneTime.give')}
          onYes={() => act(client, GiveOneTimePasswordDocument, { accountId: account.id })}
          onDone={setGiven}
          onNo={onClose}
        />
      )}
    </LayerDialog>
  )
}
