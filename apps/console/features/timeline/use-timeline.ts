'use client'

import { useCallback, useEffect, useReducer, useRef } from 'react'
import { useClient } from 'urql'
import { CustomerTimelineDocument, TimelineLiveDocument } from '../../gql/generated/graphql.ts'
import type { LiveStatus } from '../../gql/live.ts'
import { useLive } from '../../gql/use-live.ts'
import { bringsOthers, type Entry, type Timeline, timelineReducer } from './timeline-state.ts'

const PAGE = 50

type UseTimeline = {
  readonly timeline: Timeline
  readonly live: LiveStatus
  readonly loadEarlier: () => void
  readonly again: () => void
  /** Asks for the newest page once more; what is shown stays until it is there. */
  readonly renew: () => void
}

/** One customer's timeline: a page of it, then every event as it is appended. `onEntry` hears of the live ones. */
export function useTimeline(customerId: string, onEntry?: (entry: Entry) => void): UseTimeline {
  const client = useClient()
  const [timeline, dispatch] = useReducer(timelineReducer, { status: 'loading' })
  const newest = useRef<string | null>(null)
  const cancel = useRef(() => {})

  const load = useCallback(
    (after: string | null, as: 'pageLoaded' | 'reloaded' = 'pageLoaded') => {
      let current = true
      cancel.current()
      cancel.current = () => {
        current = false
      }
      void client
        .query(
          CustomerTimelineDocument,
          { customerId, first: PAGE, ...(after === null ? {} : { after }) },
          { requestPolicy: 'network-only' },
        )
        .toPromise()
        .then(({ data }) => {
          if (!current) return
          if (!data?.customer) {
            dispatch({ type: 'failed' })
            return
          }
          const { edges, pageInfo } = data.customer.timeline
          dispatch({
            type: as,
            entries: edges.map((edge) => edge.node),
            earlier: pageInfo.hasNextPage ? pageInfo.endCursor : null,
          })
        })
    },
    [client, customerId],
  )

  useEffect(() => {
    dispatch({ type: 'opened' })
    load(null)
    return () => cancel.current()
  }, [load])

  useEffect(() => {
    newest.current = timeline.status === 'ready' ? (timeline.entries[0]?.position ?? null) : null
  }, [timeline])

  const live = useLive({
    key: timeline.status === 'ready' ? customerId : null,
    document: TimelineLiveDocument,
    variables: () => ({ customerId, ...(newest.current === null ? {} : { after: newest.current }) }),
    onData: ({ timeline: entry }) => {
      dispatch({ type: entry.customer.id === customerId ? 'arrived' : 'left', entry })
      if (bringsOthers(entry)) load(null, 'reloaded')
      onEntry?.(entry)
    },
  })

  return {
    timeline,
    live,
    loadEarlier: () => {
      if (timeline.status === 'ready' && timeline.earlier !== null) load(timeline.earlier)
    },
    again: () => {
      dispatch({ type: 'opened' })
      load(null)
    },
    renew: () => load(null, 'reloaded'),
  }
}
