import { unchanged } from '../kernel/exhaustive.ts'
import type { QueueId } from '../kernel/ids.ts'
import type { QueueEvent, QueueSettings } from './events.ts'

export type QueueState =
  | { readonly status: 'none' }
  | { readonly status: 'defined'; readonly queueId: QueueId; readonly settings: QueueSettings }

export const initialQueue: QueueState = { status: 'none' }

export const evolveQueue = (state: QueueState, event: QueueEvent): QueueState => {
  switch (event.type) {
    case 'QueueDefined':
    case 'QueueChanged':
      return { status: 'defined', queueId: event.data.queueId, settings: event.data.settings }
    default:
      return unchanged(state, event)
  }
}
