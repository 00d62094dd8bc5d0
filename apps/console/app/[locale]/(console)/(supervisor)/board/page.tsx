import type { Metadata } from 'next'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import { Board } from '../../../../../features/board/board.tsx'

type Props = { params: Promise<{ locale: 'en' | 'it' | 'pl' }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale })
  return { title: t('nav.board') }
}

export default async function BoardPage(props: Props) {
  setRequestLocale((await props.params).locale)
  return <Board />
}
