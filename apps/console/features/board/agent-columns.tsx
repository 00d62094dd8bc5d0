'use client'

import { useTranslations } from 'next-intl'
import { formatClock, since } from '../../format/clock.ts'
import type { BoardAgentFragment } from '../../gql/generated/graphql.ts'
import { useNow } from '../../server-time/use-now.ts'
import { PresenceState } from '../presence/presence-state.tsx'
import { PRESENCE, REASON } from '../presence/presence-words.ts'
import { agentsByState } from './agents-by-state.ts'
import { MailInHand } from './mail-in-hand.tsx'

/** Who is in which state, and for how long. */
export function AgentColumns({ agents }: { agents: readonly BoardAgentFragment[] }) {
  const t = useTranslations()
  const now = useNow()
  return (
    <section className="board-agents sec-rule" aria-label={t('board.agents')}>
      <h2 className="sr">{t('board.agents')}</h2>
      {agentsByState(agents).map((column) => (
        <section key={column.status} className="ac" aria-label={t(PRESENCE[column.status].label)}>
          <h3 className={PRESENCE[column.status].className}>
            <PresenceState status={column.status} />
            <span className="num">{column.agents.length}</span>
          </h3>
          <ul>
            {column.agents.map((agent) => (
              <li key={agent.id}>
                <span>
                  {agent.name}
                  {agent.presence.status === 'NOT_READY' && agent.presence.reason ? (
                    <small>{t(REASON[agent.presence.reason])}</small>
                  ) : null}
                  {agent.mailInHand ? <MailInHand name={agent.name} mail={agent.mailInHand} /> : null}
                </span>
                <span className="clock">{formatClock(since(agent.presence.since, now))}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}
