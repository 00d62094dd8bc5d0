'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useClient } from 'urql'
import { MeDocument, type MeQuery } from '../../gql/generated/graphql.ts'
import type { LiveStatus } from '../../gql/live.ts'

export type Me = NonNullable<MeQuery['me']>

export type Session =
  | { readonly status: 'loading' }
  | { readonly status: 'signedOut' }
  /** `answer` counts the hub's answers: another one may stand for another session of the same person. */
  | { readonly status: 'signedIn'; readonly me: Me; readonly answer: number }
  | { readonly status: 'unreachable' }

/** Asks the hub who is signed in; `again` asks once more. */
export function useSession(): { session: Session; again: () => void } {
  const client = useClient()
  const [session, setSession] = useState<Session>({ status: 'loading' })
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    let current = true
    void client
      .query(MeDocument, {}, { requestPolicy: 'network-only' })
      .toPromise()
      .then((result) => {
        if (!current) return
        if (result.data?.me) setSession({ status: 'signedIn', me: result.data.me, answer: asked })
        else if (result.error?.networkError) setSession({ status: 'unreachable' })
        else setSession({ status: 'signedOut' })
      })
    return () => {
      current = false
    }
  }, [client, asked])
  return { session, again: useCallback(() => setAsked((n) => n + 1), []) }
}

/** A telephone line and a desk: agents who are on the roster. */
export const hasLine = (me: Me) => me.role === 'AGENT' && me.agent !== null

type Signed = { readonly me: Me; readonly again: () => void }
const SignedContext = createContext<Signed | null>(null)

/** `again` asks the hub once more who is signed in. */
export function MeProvider({ me, again, children }: Signed & { children: ReactNode }) {
  return <SignedContext value={useMemo(() => ({ me, again }), [me, again])}>{children}</SignedContext>
}

function useSigned(): Signed {
  const signed = useContext(SignedContext)
  if (signed === null) throw new Error('who is signed in is known inside the frame only')
  return signed
}

/** The signed-in person. Only inside the console's frame, which is not there for anybody else. */
export const useMe = (): Me => useSigned().me

/** Asks the hub once more who is signed in: it has just said that nobody is. */
export const useAskAgain = (): (() => void) => useSigned().again

/** A live view that nobody may see without signing in: the session is over, or another one since the password was changed. */
export function useAskWhenSignedOut(live: LiveStatus): void {
  const again = useAskAgain()
  const isOver = live.status === 'refused' && live.code === 'UNAUTHENTICATED'
  useEffect(() => {
    if (isOver) again()
  }, [isOver, again])
}
