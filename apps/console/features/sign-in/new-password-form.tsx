'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { FormProblem } from '../../ui/form-problem.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useProblem } from '../../ui/use-problem.ts'
import { WaitingButton } from '../../ui/waiting-button.tsx'
import { faultIn, faultOf, LONGEST_PASSWORD, type PasswordFault, type PasswordField } from './new-password.ts'
import { changePassword } from './sign-in-request.ts'

type Props = {
  readonly email: string
  /** Known already, from signing in with it; null: the present password is asked for. */
  readonly oneTimePassword: string | null
  /** The password is changed, and this browser is signed in. */
  readonly onChanged: () => void
  /** The one-time password is no longer good. */
  readonly onRefused?: () => void
  /** Why not now, as a sentence; null: nothing stands against it. */
  readonly notNow?: string | null
  readonly submit: string
  readonly onCancel?: () => void
}

/** A password of one's own, typed twice. Nothing of it outlives the form. */
export function NewPasswordForm(props: Props) {
  const { email, oneTimePassword, onChanged, onRefused, notNow = null, submit, onCancel } = props
  const t = useTranslations()
  const [typed, setTyped] = useState({ current: oneTimePassword ?? '', next: '', repeated: '' })
  const [isSending, setSending] = useState(false)
  const { setProblem, whole, at } = useProblem<PasswordField>()
  const type = (field: PasswordField) => (text: string) => setTyped((all) => ({ ...all, [field]: text }))
  const tell = (fault: PasswordFault) =>
    setProblem({ field: fault.field, text: t(fault.key, fault.values ?? {}) })

  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (isSending) return
    const fault = faultIn(typed)
    if (fault) return tell(fault)
    if (notNow !== null) return setProblem({ field: null, text: notNow })
    setSending(true)
    const outcome = await changePassword({ email, password: typed.current, newPassword: typed.next })
    setSending(false)
    const found = faultOf(outcome)
    if (found === null) onChanged()
    else if (outcome.status === 'wrongCredentials' && oneTimePassword !== null) onRefused?.()
    else tell(found)
  }

  return (
    <form className="form" noValidate onSubmit={(event) => void send(event)} aria-label={submit}>
      <FormProblem text={whole} />
      {/* For password managers: whose password it is. */}
      <input
        className="sr"
        type="email"
        autoComplete="username"
        value={email}
        readOnly
        tabIndex={-1}
        aria-hidden
      />
      {oneTimePassword === null ? (
        <TextInput
          label={t('password.current')}
          type="password"
          autoComplete="current-password"
          value={typed.current}
          onChange={type('current')}
          maxLength={LONGEST_PASSWORD}
          isRequired
          autoFocus
          {...at('current')}
        />
      ) : null}
      <TextInput
        label={t('password.next')}
        type="password"
        autoComplete="new-password"
        value={typed.next}
        onChange={type('next')}
        maxLength={LONGEST_PASSWORD}
        hint={t('password.hint')}
        isRequired
        autoFocus={oneTimePassword !== null}
        {...at('next')}
      />
      <TextInput
        label={t('password.repeated')}
        type="password"
        autoComplete="new-password"
        value={typed.repeated}
        onChange={type('repeated')}
        maxLength={LONGEST_PASSWORD}
        isRequired
        {...at('repeated')}
      />
      <div className="form-foot">
        {onCancel ? (
          <Button className="btn" onPress={onCancel}>
            {t('common.cancel')}
          </Button>
        ) : null}
        <WaitingButton type="submit" className="btn btn-main" isWaiting={isSending}>
          {submit}
        </WaitingButton>
      </div>
    </form>
  )
}
