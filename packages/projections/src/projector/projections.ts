import { replays } from '../audit/replays/project.ts'
import { customerCard } from '../crm/customer-card/project.ts'
import { mailThread } from '../crm/mail-thread/project.ts'
import { timeline } from '../crm/timeline/project.ts'
import { calls } from '../live/calls/project.ts'
import { inbox } from '../live/inbox/project.ts'
import { offers } from '../live/offers/project.ts'
import { queueBoard } from '../live/queue-board/project.ts'
import { roster } from '../live/roster/project.ts'
import type { TableDefinition } from '../read-model-store/table-definition.ts'
import { checkpointTable } from './checkpoint.ts'
import type { KnownType, Projection } from './projection.ts'

/**
 * In the order in which an event passes through them: the queue board counts before the inbox moves the interaction on, and the timeline reads what all before it made of the event.
 */
export const projections: readonly Projection[] = [
  roster,
  queueBoard,
  offers,
  inbox,
  calls,
  mailThread,
  customerCard,
  timeline,
  replays,
]

export const allTables: readonly TableDefinition[] = [
  checkpointTable,
  ...projections.flatMap((projection) => projection.tables),
]

/** Known to the domain, of no interest to any view. */
const PASSED_OVER = {
  TreatmentStarted: true,
  DigitReceived: true,
  MailMessageDeliveredAgain: true,
  MailMessageFiled: true,
} as const satisfies { [Type in KnownType]?: true }

const projected = new Set(projections.flatMap((projection) => Object.keys(projection.on)))

export const isKnownType = (type: string): boolean => projected.has(type) || type in PASSED_OVER
