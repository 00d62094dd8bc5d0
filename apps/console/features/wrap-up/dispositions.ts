import type { Disposition } from '../../gql/generated/graphql.ts'
import type { MessageKey } from '../../i18n/message-key.ts'

export const DISPOSITION = {
  SOLVED: 'disposition.solved',
  REFUND_REQUESTED: 'disposition.refundRequested',
  NEEDS_CALLBACK: 'disposition.needsCallback',
  PASSED_ON: 'disposition.passedOn',
  COMPLAINT: 'disposition.complaint',
  OTHER: 'disposition.other',
} as const satisfies Record<Disposition, MessageKey>

/** In the order they are offered. */
export const DISPOSITIONS = Object.keys(DISPOSITION) as readonly Disposition[]
