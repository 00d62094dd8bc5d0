import { setRequestLocale } from 'next-intl/server'
import { Doorway } from '../../features/session/doorway.tsx'

export default async function DoorwayPage(props: { params: Promise<{ locale: 'en' | 'it' | 'pl' }> }) {
  setRequestLocale((await props.params).locale)
  return <Doorway />
}
