'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { BoardLiveDocument, type BoardStateFragment } from '../../gql/generated/graphql.ts'
import { useLive } from '../../gql/use-live.ts'
import { serverClock } from '../../server-time/server-clock.ts'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ConnectionBar } from '../frame/connection-bar.tsx'
import { maySeeHealth } from '../session/home-of.ts'
import { useAskWhenSignedOut, useMe } from '../session/session.tsx'
import { AgentColumns } from './agent-columns.tsx'
import { HealthPanel } from './health-panel.tsx'
import { QueueTable } from './queue-table.tsx'

/** The floor now: queues, agents, and how the hub itself is. */
export function Board() {
  const t = useTranslations()
  const me = useMe()
  const [board, setBoard] = useState<BoardStateFragment | null>(null)
  const live = useLive({
    key: 'board',
    document: BoardLiveDocument,
    variables: () => ({}),
    onData: ({ board: next }) => {
      serverClock.sync(next.at, Date.now())
      setBoard(next)
    },
  })
  useAskWhenSignedOut(live)
  if (board === null) {
    return live.status === 'away' ? (
      <Empty icon="off" tone="warn" title={t('connection.noHub')} text={t('connection.noHubText')} />
    ) : (
      <Skeleton />
    )
  }
  const signedIn = board.agents.filter((agent) => agent.presence.status !== 'OFFLINE').length
  return (
    <div className="sheet page">
      <ConnectionBar live={live} safe={t('board.callsSafe')} />
      <header className="sheet-head">
        <div>
          <h1>{t('board.title')}</h1>
          <div className="quiet">{t('board.lead', { queues: board.queues.length, agents: signedIn })}</div>
        </div>
        {live.status === 'live' ? (
          <span className="st st-ready push">
            <Icon name="stateReady" />
            {t('board.live')}
          </span>
        ) : null}
      </header>
      <ScrollArea
        label={t('board.now')}
        className={live.status === 'away' ? 'sheet-body stale' : 'sheet-body'}
      >
        <QueueTable rows={board.queues} />
        <AgentColumns agents={board.agents} />
        {maySeeHealth(me.role) ? <HealthPanel /> : null}
      </ScrollArea>
    </div>
  )
}
