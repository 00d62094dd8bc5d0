import type { LoggedEvent } from '../event-types.ts'
import { acdSamples } from './acd.ts'
import { agentSamples } from './agent.ts'
import { auditSamples } from './audit.ts'
import { callSamples } from './call.ts'
import { contactPointSamples } from './contact-point.ts'
import { correspondenceSamples } from './correspondence.ts'
import { customerSamples } from './customer.ts'
import { interactionSamples } from './interaction.ts'
import { ledgerSamples } from './ledger.ts'
import { queueSamples } from './queue.ts'
import type { SamplesOf } from './samples-of.ts'

/** One event of each type as it is written today; an event type that is new in the domain does not compile without. */
export const currentSamples: SamplesOf<LoggedEvent> = {
  ...acdSamples,
  ...agentSamples,
  ...auditSamples,
  ...callSamples,
  ...contactPointSamples,
  ...correspondenceSamples,
  ...customerSamples,
  ...interactionSamples,
  ...ledgerSamples,
  ...queueSamples,
}
