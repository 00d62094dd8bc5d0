import type { Refusal } from '../kernel/decision.ts'
import type { ReplayId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Look } from './events.ts'

export type AuditCommand =
  | {
      readonly type: 'OpenReplay'
      readonly replayId: ReplayId
      readonly account: { readonly id: string; readonly name: string }
      readonly reason: string
      readonly from: Instant
      readonly until: Instant
      readonly at: Instant
    }
  | {
      readonly type: 'RecordLooks'
      readonly replayId: ReplayId
      readonly looks: readonly Look[]
      readonly position: string
      readonly at: Instant
    }
  | { readonly type: 'CloseReplay'; readonly replayId: ReplayId; readonly at: Instant }

/** Characters. A word is no reason, and a reason is no report. */
export const REASON_LENGTH = { least: 8, most: 500 } as const

export type AuditRefusal =
  | Refusal<'REASON_TOO_SHORT', { length: number }>
  | Refusal<'REASON_TOO_LONG', { length: number }>
  | Refusal<'REPLAY_EXISTS', { replayId: ReplayId }>
  /** Never opened, or closed. */
  | Refusal<'REPLAY_NOT_OPEN', { replayId: ReplayId }>
