'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { type Client, useClient } from 'urql'
import { act } from '../../gql/act.ts'
import { AddAccountDocument, ChangeAccountDocument, type Role } from '../../gql/generated/graphql.ts'
import { FormProblem } from '../../ui/form-problem.tsx'
import { SelectInput } from '../../ui/select-input.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useProblem } from '../../ui/use-problem.ts'
import { WaitingButton } from '../../ui/waiting-button.tsx'
import { SkillPicker } from '../administration/skill-picker.tsx'
import type { Account } from '../administration/use-administration.ts'
import { useNotices } from '../frame/notices.tsx'
import { refusalKey } from '../refusals/refusals.ts'
import { ROLE, ROLE_TEXT, ROLES } from '../session/role-words.ts'
import { useMe } from '../session/session.tsx'
import {
  type AccountField,
  type AccountFields,
  accountInput,
  fieldOf,
  fieldsOf,
  missingIn,
} from './account-fields.ts'
import type { OneTimePassword } from './one-time-password-paper.tsx'

/** Longer than this nothing is taken, by the hub either. */
const LONGEST_NAME = 200
const LONGEST_EMAIL = 254

type Props = {
  /** Null: a new one. */
  readonly account: Account | null
  readonly role: Role
  readonly inUse: readonly string[]
  readonly onCancel: () => void
  /** The hub has it; a new account with its one-time password. */
  readonly onDone: (name: string, given?: OneTimePassword) => void
}

export function AccountForm({ account, role, inUse, onCancel, onDone }: Props) {
  const t = useTranslations()
  const client = useClient()
  const { tell } = useNotices()
  const [fields, setFields] = useState<AccountFields>(
    account ? fieldsOf(account) : { name: '', email: '', role, skills: [] },
  )
  const [isSending, setSending] = useState(false)
  const { setProblem, whole, at } = useProblem<AccountField>()
  const change = (some: Partial<AccountFields>) => setFields((all) => ({ ...all, ...some }))

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (isSending) return
    const missing = missingIn(fields)
    if (missing) {
      return setProblem({
        field: missing,
        text: t(missing === 'name' ? 'refusal.nameEmpty' : 'people.emailMissing'),
      })
    }
    setProblem(null)
    setSending(true)
    const result = await send(client, account, fields)
    setSending(false)
    switch (result.status) {
      case 'done':
        if (account) tell(t('people.saved', { name: fields.name.trim() }))
        return onDone(fields.name.trim(), result.done)
      case 'refused':
        return setProblem({ field: fieldOf(result.code), text: t(refusalKey(result.code)) })
      case 'unreachable':
        return setProblem({ field: null, text: t('refusal.unreachable') })
    }
  }

  return (
    <form className="form" noValidate onSubmit={(event) => void save(event)}>
      <FormProblem text={whole} />
      <TextInput
        label={t('people.name')}
        value={fields.name}
        onChange={(name) => change({ name })}
        maxLength={LONGEST_NAME}
        autoComplete="off"
        isRequired
        autoFocus
        {...at('name')}
      />
      {account ? null : (
        <TextInput
          label={t('signIn.email')}
          type="email"
          value={fields.email}
          onChange={(email) => change({ email })}
          maxLength={LONGEST_EMAIL}
          autoComplete="off"
          hint={t('people.emailHint')}
          isRequired
          {...at('email')}
        />
      )}
      <RoleSelect account={account} role={fields.role} onChange={(next) => change({ role: next })} />
      {fields.role === 'AGENT' ? (
        <SkillPicker
          label={t('people.skills')}
          hint={t('people.skillsHint')}
          chosen={fields.skills}
          onChange={(skills) => change({ skills })}
          inUse={inUse}
          {...at('skills')}
        />
      ) : null}
      <div className="form-foot">
        <Button className="btn" onPress={onCancel}>
          {t('common.cancel')}
        </Button>
        <WaitingButton type="submit" className="btn btn-main" isWaiting={isSending}>
          {t(account ? 'common.save' : 'people.add')}
        </WaitingButton>
      </div>
    </form>
  )
}

function RoleSelect(props: { account: Account | null; role: Role; onChange: (role: Role) => void }) {
  const { account, role, onChange } = props
  const t = useTranslations()
  const me = useMe()
  const isOwn = account?.id === me.accountId
  const isChanged = account !== null && account.role !== role
  const wasAgent = account?.role === 'AGENT'
  return (
    <SelectInput
      label={t('people.role')}
      value={role}
      onChange={onChange}
      options={ROLES.map((one) => ({ value: one, label: t(ROLE[one]) }))}
      isDisabled={isOwn}
      hint={[
        isOwn ? t('people.ownRole') : t(ROLE_TEXT[role]),
        isChanged ? t(wasAgent ? 'people.leavesFloor' : 'people.signedOutBy') : '',
      ]
        .join(' ')
        .trim()}
    />
  )
}

async function send(client: Client, account: Account | null, fields: AccountFields) {
  const input = accountInput(fields)
  if (account === null) return act(client, AddAccountDocument, { email: fields.email.trim(), account: input })
  const result = await act(client, ChangeAccountDocument, { accountId: account.id, account: input })
  return result.status === 'done' ? ({ status: 'done', done: undefined } as const) : result
}
