'use client'

import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { ReplayMomentDocument, type ReplayMomentQuery } from '../../gql/generated/graphql.ts'

export type Moment = NonNullable<NonNullable<ReplayMomentQuery['replay']>['moment']>
export type Shown = { readonly number: number; readonly moment: Moment }

/** Everything as it stood after an event. What was shown last stays until the next is there. */
export function useMoment(
  replayId: string,
  number: number,
  agentId: string | null,
  onFailure: () => void,
): Shown | null {
  const client = useClient()
  const [shown, setShown] = useState<Shown | null>(null)
  useEffect(() => {
    let current = true
    const variables = { id: replayId, number, agentId: agentId ?? '', withDesk: agentId !== null }
    void client
      .query(ReplayMomentDocument, variables)
      .toPromise()
      .then(({ data }) => {
        if (!current) return
        const moment = data?.replay?.moment
        if (moment) setShown({ number, moment })
        else onFailure()
      })
    return () => {
      current = false
    }
  }, [client, replayId, number, agentId, onFailure])
  return shown
}
