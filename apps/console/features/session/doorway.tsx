'use client'

import { useEffect } from 'react'
import { useRouter } from '../../i18n/navigation.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { HubAway } from '../frame/hub-away.tsx'
import { HOME_OF } from './home-of.ts'
import { useSession } from './session.tsx'

/** `/en`, `/it`, `/pl`: leads each person to where their day begins. */
export function Doorway() {
  const { session, again } = useSession()
  const router = useRouter()
  useEffect(() => {
    if (session.status === 'signedOut') router.replace('/sign-in')
    if (session.status === 'signedIn') router.replace(HOME_OF[session.me.role])
  }, [session, router])
  return session.status === 'unreachable' ? <HubAway onAgain={again} /> : <Skeleton />
}
