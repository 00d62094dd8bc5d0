'use client'

import { useSearchParams } from 'next/navigation'
import { Suspense, useState } from 'react'
import { useQuery } from 'urql'
import { ReplayDayDocument } from '../../gql/generated/graphql.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { OpenDay } from './open-day.tsx'
import { PlayedDay } from './played-day.tsx'

/** The past: a day is opened with a reason, and played. `?day=&at=` lead to a moment; whoever comes says why as well. */
export function ReplayPage() {
  return (
    <Suspense fallback={<Skeleton />}>
      <OpenOrPlayed />
    </Suspense>
  )
}

const KEY = 'centralino.replay'

function OpenOrPlayed() {
  const asked = useSearchParams()
  const [replayId, setReplayId] = useState(() => sessionStorage.getItem(KEY))
  const remember = (id: string | null) => {
    if (id === null) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, id)
    setReplayId(id)
  }
  if (replayId === null)
    return <OpenDay day={asked.get('day')} onOpened={remember} isLink={asked.get('at') !== null} />
  return (
    <Opened
      key={replayId}
      replayId={replayId}
      day={asked.get('day')}
      position={asked.get('at')}
      onOpened={remember}
      onClosed={() => remember(null)}
    />
  )
}

/** A replay lasts as long as the sign-in, and a while; then it is opened anew, with a reason. */
function Opened(props: {
  replayId: string
  day: string | null
  position: string | null
  onOpened: (id: string) => void
  onClosed: () => void
}) {
  const { replayId, day, position, onOpened, onClosed } = props
  const [link] = useState({ day, position })
  const [isOver, setOver] = useState(false)
  const [{ data, fetching }] = useQuery({
    query: ReplayDayDocument,
    variables: { id: replayId },
    requestPolicy: 'network-only',
  })
  if (fetching && !data) return <Skeleton />
  const replay = data?.replay ?? null
  if (replay === null || isOver || (link.day !== null && link.day !== replay.day))
    return <OpenDay day={link.day} isLink={link.position !== null} onOpened={onOpened} />
  return (
    <PlayedDay replay={replay} position={link.position} onOver={() => setOver(true)} onClosed={onClosed} />
  )
}
