'use client'

import { createContext, type ReactNode, useContext, useMemo, useReducer, useRef, useState } from 'react'
import { DeskLiveDocument } from '../../gql/generated/graphql.ts'
import type { LiveStatus } from '../../gql/live.ts'
import { useLive } from '../../gql/use-live.ts'
import { isTyping } from '../../keyboard/shortcuts-provider.tsx'
import { serverClock } from '../../server-time/server-clock.ts'
import { deskIds, findOnDesk } from './desk-ids.ts'
import type { Desk, InteractionLine } from './desk-types.ts'
import { type Commands, useCommands } from './use-commands.ts'
import { EMPTY_VIEW, type View, type ViewEvent, viewReducer } from './view.ts'

type DeskValue = {
  /** Null until the hub has answered once; afterwards the last known desk, also while the hub is away. */
  readonly desk: Desk | null
  readonly live: LiveStatus
  readonly view: View
  /** What is chosen, as it stands; one that is finished and gone from the desk, as it stood last. */
  readonly chosen: InteractionLine | null
  readonly dispatch: (event: ViewEvent) => void
  readonly commands: Commands
}

const DeskContext = createContext<DeskValue | null>(null)

/** The whole desk at once, then again whenever something on it changed. */
export function DeskProvider({ children }: { children: ReactNode }) {
  const [desk, setDesk] = useState<Desk | null>(null)
  const [view, dispatch] = useReducer(viewReducer, EMPTY_VIEW)
  const previous = useRef<Desk | null>(null)
  const commands = useCommands()
  const live = useLive({
    key: 'desk',
    document: DeskLiveDocument,
    variables: () => ({}),
    onData: ({ desk: next }) => {
      serverClock.sync(next.now, Date.now())
      dispatch({
        type: 'deskChanged',
        previous: previous.current ? deskIds(previous.current) : null,
        next: deskIds(next),
        writing: isTyping(document.activeElement),
      })
      previous.current = next
      setDesk(next)
    },
  })
  const onDesk = desk === null ? null : findOnDesk(desk, view.chosen)
  const [last, setLast] = useState<InteractionLine | null>(null)
  if (onDesk !== null && onDesk !== last) setLast(onDesk)
  const chosen = onDesk ?? (last !== null && last.id === view.chosen ? closed(last) : null)
  const value = useMemo(
    () => ({ desk, live, view, chosen, dispatch, commands }),
    [desk, live, view, chosen, commands],
  )
  return <DeskContext value={value}>{children}</DeskContext>
}

/** The same object for the same contact, so that nothing is drawn twice. */
const closedLines = new WeakMap<InteractionLine, InteractionLine>()
function closed(line: InteractionLine): InteractionLine {
  const known = closedLines.get(line)
  if (known) return known
  const made: InteractionLine = { ...line, status: 'CLOSED' }
  closedLines.set(line, made)
  return made
}

/** For what stands on pages of people without a line too. */
export const useDeskIfAny = (): DeskValue | null => useContext(DeskContext)

export function useDesk(): DeskValue {
  const value = useContext(DeskContext)
  if (value === null) throw new Error('useDesk without a line')
  return value
}
