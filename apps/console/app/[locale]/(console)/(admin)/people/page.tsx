import type { Metadata } from 'next'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import { People } from '../../../../../features/people/people.tsx'

type Props = { params: Promise<{ locale: 'en' | 'it' | 'pl' }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale })
  return { title: t('nav.people') }
}

export default async function PeoplePage(props: Props) {
  setRequestLocale((await props.params).locale)
  return <People />
}
