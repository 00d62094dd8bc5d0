import type { Metadata } from 'next'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import { Desktop } from '../../../../../features/desk/desktop.tsx'

type Props = { params: Promise<{ locale: 'en' | 'it' | 'pl' }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale })
  return { title: t('nav.inbox') }
}

export default async function DesktopPage(props: Props) {
  setRequestLocale((await props.params).locale)
  return <Desktop />
}
