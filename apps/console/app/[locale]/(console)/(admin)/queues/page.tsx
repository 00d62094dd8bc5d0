import type { Metadata } from 'next'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import { Queues } from '../../../../../features/queues/queues.tsx'

type Props = { params: Promise<{ locale: 'en' | 'it' | 'pl' }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale })
  return { title: t('nav.queues') }
}

export default async function QueuesPage(props: Props) {
  setRequestLocale((await props.params).locale)
  return <Queues />
}
