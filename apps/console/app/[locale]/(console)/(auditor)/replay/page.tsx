import type { Metadata } from 'next'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import { ReplayPage } from '../../../../../features/replay/replay-page.tsx'

type Props = { params: Promise<{ locale: 'en' | 'it' | 'pl' }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale })
  return { title: t('nav.replay') }
}

export default async function Page(props: Props) {
  setRequestLocale((await props.params).locale)
  return <ReplayPage />
}
