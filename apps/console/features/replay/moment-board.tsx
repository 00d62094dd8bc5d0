'use client'

import { useTranslations } from 'next-intl'
import { SelectInput } from '../../ui/select-input.tsx'
import { agentsByState } from '../board/agents-by-state.ts'
import { QueueTable } from '../board/queue-table.tsx'
import { PresenceState } from '../presence/presence-state.tsx'
import { AgentScreen } from './agent-screen.tsx'
import type { Moment } from './use-moment.ts'

type Props = {
  readonly moment: Moment
  /** The clock, as printed. */
  readonly at: string
  readonly agentId: string | null
  readonly onAgent: (agentId: string) => void
}

/** Queues, agents, and one agent's screen, as they stood. */
export function MomentBoard({ moment, at, agentId, onAgent }: Props) {
  const t = useTranslations()
  const { board, desk } = moment
  const known = board.agents.some((agent) => agent.id === agentId)
  return (
    <>
      <header className="pane-head">
        <h2>{t('replay.boardAt', { at })}</h2>
      </header>
      <QueueTable rows={board.queues} />
      <div className="sec">
        <h3>{t('board.agents')}</h3>
        <div className="chips">
          {agentsByState(board.agents).map((column) => (
            <span key={column.status} className="row">
              <PresenceState status={column.status} />
              <span className="num">{column.agents.length}</span>
            </span>
          ))}
        </div>
      </div>
      {board.agents.length === 0 ? null : (
        <div className="sec">
          <SelectInput
            label={t('replay.screenOf')}
            value={known ? agentId : null}
            onChange={onAgent}
            placeholder={t('replay.nobodyChosen')}
            options={board.agents.map((agent) => ({ value: agent.id, label: agent.name }))}
          />
          {desk ? <AgentScreen desk={desk} /> : null}
        </div>
      )}
    </>
  )
}
