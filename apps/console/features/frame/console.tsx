'use client'

import { type ReactNode, useEffect } from 'react'
import { usePathname, useRouter } from '../../i18n/navigation.ts'
import { ShortcutsProvider } from '../../keyboard/shortcuts-provider.tsx'
import { PhoneProvider, usePhone } from '../../phone/phone-provider.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { CallBar } from '../call-bar/call-bar.tsx'
import { DeskProvider } from '../desk/desk-provider.tsx'
import { useLineFollowsDesk } from '../desk/use-line-follows-desk.ts'
import { mayOpen } from '../session/home-of.ts'
import { hasLine, type Me, MeProvider, useAskAgain, useSession } from '../session/session.tsx'
import { DeskConnection } from './connection-bar.tsx'
import { Frame } from './frame.tsx'
import { HubAway } from './hub-away.tsx'
import { NotAllowed } from './not-allowed.tsx'
import { NoticesProvider } from './notices.tsx'
import { placeAt } from './places.ts'
import { PlainBar } from './plain-bar.tsx'

/** Around every signed-in page: who it is, their line if they have one, and the frame. */
export function Console({ children }: { children: ReactNode }) {
  const { session, again } = useSession()
  const router = useRouter()
  useEffect(() => {
    if (session.status === 'signedOut') router.replace('/sign-in')
  }, [session, router])
  switch (session.status) {
    case 'loading':
    case 'signedOut':
      return <Skeleton />
    case 'unreachable':
      return <HubAway onAgain={again} />
    case 'signedIn':
      return (
        <NoticesProvider>
          {/* Whatever was open for a session that is over is opened anew. */}
          <MeProvider key={session.answer} me={session.me} again={again}>
            <ShortcutsProvider>
              {!hasLine(session.me) ? (
                <Frame bar={<PlainBar />}>
                  <Allowed me={session.me}>{children}</Allowed>
                </Frame>
              ) : (
                <DeskProvider>
                  <PhoneProvider>
                    <LineKeeper />
                    <Frame bar={<CallBar />}>
                      <DeskConnection />
                      <Allowed me={session.me}>{children}</Allowed>
                    </Frame>
                  </PhoneProvider>
                </DeskProvider>
              )}
            </ShortcutsProvider>
          </MeProvider>
        </NoticesProvider>
      )
  }
}

/** A moment for who ends the session on purpose, by changing the password, to have the next one. */
const ASK_AFTER_MS = 2000

function LineKeeper() {
  useLineFollowsDesk()
  const { line } = usePhone()
  const again = useAskAgain()
  const isOver = line.status === 'closed'
  useEffect(() => {
    if (!isOver) return
    // The hub has closed it for good, since its session is over.
    const timer = setTimeout(again, ASK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isOver, again])
  return null
}

/** The page itself, when this person may open it. */
function Allowed({ me, children }: { me: Me; children: ReactNode }) {
  const here = placeAt(usePathname())
  return here && mayOpen(here.place, { role: me.role, hasLine: hasLine(me) }) ? children : <NotAllowed />
}
