import {
  type AgentCommand,
  type AgentEvent,
  type AgentRefusal,
  type AgentState,
  type AuditCommand,
  type AuditEvent,
  type AuditRefusal,
  type AuditState,
  agentDecider,
  agentStream,
  auditDecider,
  auditStream,
  type CallCommand,
  type CallEvent,
  type CallRefusal,
  type CallState,
  type ContactPointCommand,
  type ContactPointEvent,
  type ContactPointRefusal,
  type ContactPointState,
  type CustomerCommand,
  type CustomerEvent,
  type CustomerRefusal,
  type CustomerState,
  callDecider,
  callStream,
  contactPointDecider,
  contactPointStream,
  customerDecider,
  customerStream,
  type InteractionCommand,
  type InteractionEvent,
  type InteractionRefusal,
  type InteractionState,
  interactionDecider,
  interactionStream,
  type QueueCommand,
  type QueueEvent,
  type QueueRefusal,
  type QueueState,
  queueDecider,
  queueStream,
} from '@centralino/domain'
import { type CommandHandler, createCommandHandler, type EventStore } from '@centralino/event-store'

/** One handler for each room of the domain but the floor, whose one writer is the floor service. */
export type CommandHandlers = {
  readonly agent: CommandHandler<AgentCommand, AgentEvent, AgentState, AgentRefusal>
  readonly audit: CommandHandler<AuditCommand, AuditEvent, AuditState, AuditRefusal>
  readonly call: CommandHandler<CallCommand, CallEvent, CallState, CallRefusal>
  readonly contactPoint: CommandHandler<
    ContactPointCommand,
    ContactPointEvent,
    ContactPointState,
    ContactPointRefusal
  >
  readonly customer: CommandHandler<CustomerCommand, CustomerEvent, CustomerState, CustomerRefusal>
  readonly interaction: CommandHandler<
    InteractionCommand,
    InteractionEvent,
    InteractionState,
    InteractionRefusal
  >
  readonly queue: CommandHandler<QueueCommand, QueueEvent, QueueState, QueueRefusal>
}

export const createCommandHandlers = (store: EventStore): CommandHandlers => ({
  agent: createCommandHandler({
    store,
    decider: agentDecider,
    streamOf: (command) => agentStream(command.agentId),
  }),
  audit: createCommandHandler({
    store,
    decider: auditDecider,
    streamOf: (command) => auditStream(command.replayId),
  }),
  call: createCommandHandler({
    store,
    decider: callDecider,
    streamOf: (command) => callStream(command.callId),
  }),
  contactPoint: createCommandHandler({
    store,
    decider: contactPointDecider,
    streamOf: (command) => contactPointStream(command.contactPointId),
  }),
  customer: createCommandHandler({
    store,
    decider: customerDecider,
    streamOf: (command) => customerStream(command.customerId),
  }),
  interaction: createCommandHandler({
    store,
    decider: interactionDecider,
    streamOf: (command) => interactionStream(command.interactionId),
  }),
  queue: createCommandHandler({
    store,
    decider: queueDecider,
    streamOf: (command) => queueStream(command.queueId),
  }),
})
