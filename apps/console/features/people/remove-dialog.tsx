'use client'

import { useTranslations } from 'next-intl'
import { useClient } from 'urql'
import { act } from '../../gql/act.ts'
import { RemoveAccountDocument } from '../../gql/generated/graphql.ts'
import { LayerDialog } from '../../ui/layer-dialog.tsx'
import type { Account } from '../administration/use-administration.ts'
import { useNotices } from '../frame/notices.tsx'
import { Question } from './question.tsx'

/** Says what removing does, and what it leaves. */
export function RemoveDialog(props: { account: Account; onRemoved: () => void; onClose: () => void }) {
  const { account, onRemoved, onClose } = props
  const t = useTranslations()
  const client = useClient()
  const { tell } = useNotices()
  const { name } = account
  return (
    <LayerDialog
      title={t('remove.title', { name })}
      subtitle={account.email}
      kind="question"
      isOpen
      onOpenChange={(open) => open || onClose()}
    >
      <Question
        texts={[
          t('remove.text'),
          account.agent ? t('people.callGoesBack') : null,
          account.agent ? t('remove.historyStays') : null,
        ]}
        yes={t('remove.yes')}
        onYes={() => act(client, RemoveAccountDocument, { accountId: account.id })}
        onDone={() => {
          tell(t('remove.done', { name }))
          onRemoved()
        }}
        onNo={onClose}
      />
    </LayerDialog>
  )
}
