'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useRouter } from '../../i18n/navigation.ts'
import { Icon } from '../../ui/icons.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { HOME_OF } from '../session/home-of.ts'
import { useSession } from '../session/session.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { type SignInOutcome, signIn } from './sign-in-request.ts'

/** The way in. Who is signed in already is led on. */
export function SignIn() {
  const t = useTranslations()
  const router = useRouter()
  const { session, again } = useSession()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isSending, setSending] = useState(false)
  const [outcome, setOutcome] = useState<SignInOutcome | null>(null)

  useEffect(() => {
    if (session.status === 'signedIn') router.replace(HOME_OF[session.me.role])
  }, [session, router])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isSending) return
    setSending(true)
    const answer = await signIn({ email: email.trim(), password })
    setOutcome(answer)
    setSending(false)
    if (answer.status === 'signedIn') again()
    else setPassword('')
  }

  return (
    <div className="sign">
      <a className="skip" href="#main">
        {t('common.skip')}
      </a>
      <header className="sign-head">
        <span className="row">
          <span className="accent row">
            <Icon name="mark" size={20} />
          </span>
          <b>{t('app.name')}</b>
        </span>
        <span className="push">
          <LanguageChoice />
        </span>
      </header>
      <main className="sign-main" id="main">
        <form className="sign-form" onSubmit={(event) => void submit(event)}>
          <h1>{t('signIn.heading')}</h1>
          <p className="quiet">{t('signIn.lead')}</p>
          <div role="alert">
            <SignInProblem outcome={outcome} />
          </div>
          <TextInput
            label={t('signIn.email')}
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            isRequired
            autoFocus
          />
          <TextInput
            label={t('signIn.password')}
            type="password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            isRequired
          />
          <Button type="submit" className="btn btn-main btn-tall" isPending={isSending}>
            {t('signIn.submit')}
          </Button>
          <p className="meta">{t('signIn.notReadyYet')}</p>
        </form>
      </main>
      <footer className="sign-foot meta">{t('signIn.foot')}</footer>
    </div>
  )
}

function SignInProblem({ outcome }: { outcome: SignInOutcome | null }) {
  const t = useTranslations()
  if (outcome === null || outcome.status === 'signedIn') return null
  const text =
    outcome.status === 'wrongCredentials'
      ? t('signIn.wrong')
      : outcome.status === 'tooManyTries'
        ? t('signIn.tooMany', { seconds: outcome.retryAfterSeconds })
        : t('signIn.unreachable')
  return (
    <p className="sign-error">
      <Icon name="warn" />
      <span>{text}</span>
    </p>
  )
}
