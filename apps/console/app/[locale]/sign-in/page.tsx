import type { Metadata } from 'next'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import { SignIn } from '../../../features/sign-in/sign-in.tsx'

type Props = { params: Promise<{ locale: 'en' | 'it' | 'pl' }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale })
  return { title: t('signIn.title') }
}

export default async function SignInPage(props: Props) {
  setRequestLocale((await props.params).locale)
  return <SignIn />
}
