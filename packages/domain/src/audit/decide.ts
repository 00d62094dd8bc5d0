import type { Decider } from '../kernel/decider.ts'
import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import { type AuditCommand, type AuditRefusal, REASON_LENGTH } from './commands.ts'
import type { AuditEvent, Look } from './events.ts'
import { type AuditState, evolveAudit, initialAudit, lookKey } from './state.ts'

const decide = (command: AuditCommand, state: AuditState): Decision<AuditEvent, AuditRefusal> => {
  switch (command.type) {
    case 'OpenReplay': {
      const { type: _type, ...data } = command
      const reason = command.reason.trim()
      if (state.status !== 'none') return refuse('REPLAY_EXISTS', { replayId: command.replayId })
      if (reason.length < REASON_LENGTH.least) return refuse('REASON_TOO_SHORT', { length: reason.length })
      if (reason.length > REASON_LENGTH.most) return refuse('REASON_TOO_LONG', { length: reason.length })
      return accept({ type: 'ReplayOpened', data: { ...data, reason } })
    }
    case 'RecordLooks': {
      const { replayId, position, at } = command
      if (state.status !== 'open') return refuse('REPLAY_NOT_OPEN', { replayId })
      const looks = newLooks(command.looks, state.seen)
      return looks.length === 0
        ? accept()
        : accept({ type: 'ReplayLookedAt', data: { replayId, looks, position, at } })
    }
    case 'CloseReplay': {
      const { replayId, at } = command
      if (state.status === 'none') return refuse('REPLAY_NOT_OPEN', { replayId })
      return state.status === 'closed' ? accept() : accept({ type: 'ReplayClosed', data: { replayId, at } })
    }
    default:
      return unreachable(command)
  }
}

const newLooks = (looks: readonly Look[], seen: ReadonlySet<string>): readonly Look[] => {
  const byKey = new Map(looks.map((look) => [lookKey(look), look]))
  return [...byKey].filter(([key]) => !seen.has(key)).map(([, look]) => look)
}

export const auditDecider: Decider<AuditCommand, AuditEvent, AuditState, AuditRefusal> = {
  initialState: initialAudit,
  decide,
  evolve: evolveAudit,
}
