'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { FormProblem } from '../../ui/form-problem.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { type Problem, useProblem } from '../../ui/use-problem.ts'
import { WaitingButton } from '../../ui/waiting-button.tsx'
import { LONGEST_PASSWORD } from './new-password.ts'
import { type Credentials, type SignInOutcome, signIn } from './sign-in-request.ts'

type Field = 'email' | 'password'

type Props = {
  readonly email: string
  readonly onEmail: (email: string) => void
  /** Came back from choosing a new password: the one-time password was no longer good. */
  readonly wasRefused: boolean
  readonly onSignedIn: () => void
  readonly onMustChange: (credentials: Credentials) => void
}

/** E-mail and password. */
export function SignInForm({ email, onEmail, wasRefused, onSignedIn, onMustChange }: Props) {
  const t = useTranslations()
  const [password, setPassword] = useState('')
  const [isSending, setSending] = useState(false)
  const { setProblem, whole, at } = useProblem<Field>(
    wasRefused ? { field: 'password', text: t('signIn.wrong') } : null,
  )

  const problemOf = (outcome: SignInOutcome): Problem<Field> => {
    switch (outcome.status) {
      case 'wrongCredentials':
      case 'badInput':
        return { field: 'password', text: t('signIn.wrong') }
      case 'tooManyTries':
        return { field: null, text: t('signIn.tooMany', { seconds: outcome.retryAfterSeconds }) }
      case 'signedIn':
      case 'passwordMustChange':
      case 'samePassword':
      case 'unreachable':
        return { field: null, text: t('signIn.unreachable') }
    }
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isSending) return
    const credentials = { email: email.trim(), password }
    if (credentials.email === '') return setProblem({ field: 'email', text: t('signIn.emailMissing') })
    if (password === '') return setProblem({ field: 'password', text: t('signIn.passwordMissing') })
    setSending(true)
    const outcome = await signIn(credentials)
    setSending(false)
    if (outcome.status === 'signedIn') return onSignedIn()
    if (outcome.status === 'passwordMustChange') return onMustChange(credentials)
    setPassword('')
    setProblem(problemOf(outcome))
  }

  return (
    <>
      <h1>{t('signIn.heading')}</h1>
      <p className="quiet">{t('signIn.lead')}</p>
      <form className="form" noValidate onSubmit={(event) => void submit(event)}>
        <FormProblem text={whole} />
        <TextInput
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={onEmail}
          isRequired
          autoFocus={email === ''}
          {...at('email')}
        />
        <TextInput
          label={t('signIn.password')}
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          maxLength={LONGEST_PASSWORD}
          isRequired
          autoFocus={email !== ''}
          {...at('password')}
        />
        <WaitingButton type="submit" className="btn btn-main btn-tall" isWaiting={isSending}>
          {t('signIn.submit')}
        </WaitingButton>
      </form>
      <p className="meta">{t('signIn.notReadyYet')}</p>
    </>
  )
}
