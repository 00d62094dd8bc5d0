import type { Metadata } from 'next'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import { Customers } from '../../../../../features/customer/customers.tsx'

type Props = { params: Promise<{ locale: 'en' | 'it' | 'pl' }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale })
  return { title: t('nav.customers') }
}

export default async function CustomersPage(props: Props) {
  setRequestLocale((await props.params).locale)
  return <Customers />
}
