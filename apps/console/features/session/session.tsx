'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { useClient } from 'urql'
import { MeDocument, type MeQuery } from '../../gql/generated/graphql.ts'

export type Me = NonNullable<MeQuery['me']>

export type Session =
  | { readonly status: 'loading' }
  | { readonly status: 'signedOut' }
  | { readonly status: 'signedIn'; readonly me: Me }
  | { readonly status: 'unreachable' }

/** Asks the hub who is signed in; `again` asks once more. */
export function useSession(): { session: Session; again: () => void } {
  const client = useClient()
  const [session, setSession] = useState<Session>({ status: 'loading' })
  const [asked, setAsked] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is there to ask again.
  useEffect(() => {
    let current = true
    void client
      .query(MeDocument, {}, { requestPolicy: 'network-only' })
      .toPromise()
      .then((result) => {
        if (!current) return
        if (result.data?.me) setSession({ status: 'signedIn', me: result.data.me })
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

const MeContext = createContext<Me | null>(null)

export function MeProvider(props: { me: Me; children: ReactNode }) {
  return <MeContext value={props.me}>{props.children}</MeContext>
}

/** The signed-in person. Only inside the console's frame, which is not there for anybody else. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (me === null) throw new Error('useMe outside the signed-in frame')
  return me
}
