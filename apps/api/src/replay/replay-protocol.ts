import type { AgentId } from '@centralino/domain'
import type { QueryName } from '@centralino/projections/worker'
import type { Config } from '../config.ts'
import type { ReplayedEvent } from './event-facts.ts'
import type { PeriodSummary } from './period.ts'

/** To the replay worker; instants are ms since 1970. */
export type ReplayRequest =
  | {
      readonly kind: 'open'
      readonly config: Config
      readonly folder: string
      readonly ledgerPath: string
    }
  | { readonly kind: 'begin'; readonly replay: string; readonly from: number; readonly until: number }
  | { readonly kind: 'end'; readonly replay: string }
  | { readonly kind: 'events'; readonly replay: string; readonly first: number; readonly count: number }
  | {
      readonly kind: 'counts'
      readonly replay: string
      readonly from: number
      readonly until: number
      readonly parts: number
    }
  | { readonly kind: 'numberAt'; readonly replay: string; readonly until: string | number }
  | {
      readonly kind: 'decisionFrom'
      readonly replay: string
      readonly number: number
      readonly direction: 'next' | 'previous'
    }
  | {
      readonly kind: 'ask'
      readonly replay: string
      readonly position: string
      readonly name: QueryName
      readonly parameters: readonly unknown[]
    }
  | { readonly kind: 'decideAgain'; readonly replay: string; readonly number: number }
  | { readonly kind: 'verify' }
  | { readonly kind: 'close' }

/** What each request answers. */
export type ReplayAnswers = {
  readonly begin: PeriodSummary
  readonly events: readonly ReplayedEvent[]
  readonly counts: readonly (readonly number[])[]
  readonly numberAt: number
  readonly decisionFrom: number | null
  readonly decideAgain: DecidedAgain | null
  readonly verify: LogChecked
}

/** What the same decision gives today; `agentId` is null when it makes no offer. */
export type DecidedAgain = { readonly same: boolean; readonly agentId: AgentId | null }

export type LogChecked = {
  readonly events: number
  readonly sealed: number
  readonly checkpoints: number
  /** Null: the log is what was sealed. */
  readonly finding: {
    readonly what: string
    /** Of the first event that does not fit, where it is known. */
    readonly position: string | null
    readonly type: string | null
  } | null
}
