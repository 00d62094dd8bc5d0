import type { FloorEvent } from './acd/index.ts'
import type { AgentEvent } from './agent/index.ts'
import type { AuditEvent } from './audit/index.ts'
import type { CallEvent } from './call/index.ts'
import type { ContactPointEvent } from './contact-point/index.ts'
import type { CorrespondenceEvent, MailMessageEvent } from './correspondence/index.ts'
import type { CustomerEvent } from './customer/index.ts'
import type { InteractionEvent } from './interaction/index.ts'
import type { QueueEvent } from './queue/index.ts'

/** Every event that the domain knows. */
export type KnownEvent =
  | AgentEvent
  | AuditEvent
  | CallEvent
  | ContactPointEvent
  | CorrespondenceEvent
  | CustomerEvent
  | FloorEvent
  | InteractionEvent
  | MailMessageEvent
  | QueueEvent
