import type { Refusal } from '../kernel/decision.ts'
import type { QueueId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { QueueSettings } from './events.ts'

export type QueueCommand =
  | {
      readonly type: 'DefineQueue'
      readonly queueId: QueueId
      readonly settings: QueueSettings
      readonly at: Instant
    }
  | {
      readonly type: 'ChangeQueue'
      readonly queueId: QueueId
      readonly settings: QueueSettings
      readonly at: Instant
    }

export type QueueRefusal =
  | Refusal<'QUEUE_EXISTS', { queueId: QueueId }>
  | Refusal<'QUEUE_UNKNOWN', { queueId: QueueId }>
  | Refusal<'QUEUE_NAME_EMPTY', { queueId: QueueId }>
  /** Offer 5 to 120 s, wrap-up 0 to 3,600 s. */
  | Refusal<'QUEUE_TIME_OUT_OF_RANGE', { field: 'offerTimeoutSeconds' | 'wrapUpSeconds'; value: number }>
