import type { Decider } from '../kernel/decider.ts'
import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import { sameData } from '../kernel/same-data.ts'
import type { QueueCommand, QueueRefusal } from './commands.ts'
import type { QueueEvent } from './events.ts'
import { evolveQueue, initialQueue, type QueueState } from './state.ts'

/** Seconds, both ends included. */
const TIME_LIMITS = { offerTimeoutSeconds: [5, 120], wrapUpSeconds: [0, 3_600] } as const

const decide = (command: QueueCommand, state: QueueState): Decision<QueueEvent, QueueRefusal> => {
  const { queueId, settings, at } = command
  const fault = faultIn(command)
  if (fault !== null) return { outcome: 'refused', refusal: fault }
  switch (command.type) {
    case 'DefineQueue':
      if (state.status === 'none') return accept({ type: 'QueueDefined', data: { queueId, settings, at } })
      return sameData(state.settings, settings) ? accept() : refuse('QUEUE_EXISTS', { queueId })
    case 'ChangeQueue':
      if (state.status === 'none') return refuse('QUEUE_UNKNOWN', { queueId })
      if (sameData(state.settings, settings)) return accept()
      return accept({ type: 'QueueChanged', data: { queueId, settings, at } })
    default:
      return unreachable(command)
  }
}

const faultIn = ({ queueId, settings }: QueueCommand): QueueRefusal | null => {
  if (settings.name.trim() === '') return { code: 'QUEUE_NAME_EMPTY', data: { queueId } }
  for (const field of ['offerTimeoutSeconds', 'wrapUpSeconds'] as const) {
    const [least, most] = TIME_LIMITS[field]
    const value = settings[field]
    if (!(value >= least && value <= most)) return { code: 'QUEUE_TIME_OUT_OF_RANGE', data: { field, value } }
  }
  return null
}

export const queueDecider: Decider<QueueCommand, QueueEvent, QueueState, QueueRefusal> = {
  initialState: initialQueue,
  decide,
  evolve: evolveQueue,
}
