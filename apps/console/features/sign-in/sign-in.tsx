'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useRouter } from '../../i18n/navigation.ts'
import { Icon } from '../../ui/icons.tsx'
import { HOME_OF } from '../session/home-of.ts'
import { useSession } from '../session/session.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { NewPasswordForm } from './new-password-form.tsx'
import { SignInForm } from './sign-in-form.tsx'
import type { Credentials } from './sign-in-request.ts'

type Step =
  | { readonly at: 'signIn'; readonly wasRefused: boolean }
  /** Signed in with a one-time password, which stays here and nowhere else. */
  | { readonly at: 'newPassword'; readonly oneTime: Credentials }

/** The way in. Who is signed in already is led on. */
export function SignIn() {
  const t = useTranslations()
  const router = useRouter()
  const { session, again } = useSession()
  const [email, setEmail] = useState('')
  const [step, setStep] = useState<Step>({ at: 'signIn', wasRefused: false })

  useEffect(() => {
    if (session.status === 'signedIn') router.replace(HOME_OF[session.me.role])
  }, [session, router])

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
        <div className="sign-form">
          {step.at === 'signIn' ? (
            <SignInForm
              email={email}
              onEmail={setEmail}
              wasRefused={step.wasRefused}
              onSignedIn={again}
              onMustChange={(oneTime) => setStep({ at: 'newPassword', oneTime })}
            />
          ) : (
            <ChooseOwn
              oneTime={step.oneTime}
              onSignedIn={again}
              onBack={(wasRefused) => setStep({ at: 'signIn', wasRefused })}
            />
          )}
        </div>
      </main>
      <footer className="sign-foot meta">{t('signIn.foot')}</footer>
    </div>
  )
}

function ChooseOwn(props: {
  oneTime: Credentials
  onSignedIn: () => void
  onBack: (wasRefused: boolean) => void
}) {
  const t = useTranslations()
  return (
    <>
      <h1>{t('password.chooseOwn')}</h1>
      <p className="quiet">{t('password.chooseOwnLead', { email: props.oneTime.email })}</p>
      <NewPasswordForm
        email={props.oneTime.email}
        oneTimePassword={props.oneTime.password}
        onChanged={props.onSignedIn}
        onRefused={() => props.onBack(true)}
        submit={t('password.saveAndSignIn')}
      />
      <Button className="btn btn-quiet" onPress={() => props.onBack(false)}>
        {t('password.back')}
      </Button>
    </>
  )
}
