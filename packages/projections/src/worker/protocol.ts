import type { RecordedEvent } from '@centralino/domain'
import type { QueryName } from '../query-names.ts'
import type { ReadModelChange } from '../read-models.ts'
import type { ReadModelsErrorCode } from '../read-models-error.ts'

/** To the writing worker. */
export type WriterRequest =
  | { readonly kind: 'open'; readonly path: string }
  | { readonly kind: 'apply'; readonly events: readonly RecordedEvent[] }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'statistics' }
  | { readonly kind: 'close' }

/** To the reading worker. */
export type ReaderRequest =
  | { readonly kind: 'open'; readonly path: string }
  | { readonly kind: 'query'; readonly name: QueryName; readonly parameters: readonly unknown[] }
  | { readonly kind: 'close' }

export type Numbered<Request> = { readonly id: number; readonly request: Request }

export type Answer =
  | { readonly id: number; readonly outcome: 'done'; readonly value: unknown }
  | {
      readonly id: number
      readonly outcome: 'failed'
      readonly code: ReadModelsErrorCode
      readonly message: string
    }

/** What `apply` answers: null when every event was folded in before. */
export type ApplyAnswer = ReadModelChange | null
