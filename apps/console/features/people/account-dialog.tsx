'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Role } from '../../gql/generated/graphql.ts'
import { LayerDialog } from '../../ui/layer-dialog.tsx'
import type { Account } from '../administration/use-administration.ts'
import { AccountForm } from './account-form.tsx'
import { type OneTimePassword, OneTimePasswordPaper } from './one-time-password-paper.tsx'

/** A new person; then the password that they come in with. */
export function AddPerson(props: { role: Role; inUse: readonly string[]; onClose: () => void }) {
  const t = useTranslations()
  const [added, setAdded] = useState<{ name: string; given: OneTimePassword } | null>(null)
  return (
    <LayerDialog
      title={added ? t('oneTime.title', { name: added.name }) : t('people.addTitle')}
      kind="form"
      isOpen
      onOpenChange={(open) => open || props.onClose()}
    >
      {added ? (
        <OneTimePasswordPaper name={added.name} given={added.given} onDone={props.onClose} />
      ) : (
        <AccountForm
          account={null}
          role={props.role}
          inUse={props.inUse}
          onCancel={props.onClose}
          onDone={(name, given) => (given ? setAdded({ name, given }) : props.onClose())}
        />
      )}
    </LayerDialog>
  )
}

/** What a person is called, does and can. */
export function ChangePerson(props: { account: Account; inUse: readonly string[]; onClose: () => void }) {
  const { account, inUse, onClose } = props
  return (
    <LayerDialog
      title={account.name}
      subtitle={account.email}
      kind="form"
      isOpen
      onOpenChange={(open) => open || onClose()}
    >
      <AccountForm account={account} role={account.role} inUse={inUse} onCancel={onClose} onDone={onClose} />
    </LayerDialog>
  )
}
