import type { Consideration, ContactPoint, Instant, QueueId } from '@centralino/domain'
import type {
  AgentTable,
  CallTable,
  CustomerTable,
  InteractionCandidateTable,
  InteractionTable,
  LegTable,
  MailTable,
  MailThreadTable,
  OfferTable,
  QueueBoardRow,
  QueueTable,
  TimelineEntryTable,
} from '@centralino/projections'
import type { Viewer } from '../auth/viewer.ts'
import type { Notice } from '../observability/notices.ts'
import type { ReplayedEvent } from '../replay/event-facts.ts'
import type { Replay } from '../replay/replays.ts'
import { builder } from './schema-builder.ts'

/** The schema's types by name and by the row that stands behind each, so that files need not import each other. */
export const AgentRef = builder.objectRef<AgentTable>('Agent')
export const PresenceRef = builder.objectRef<AgentTable>('Presence')
export const CallRef = builder.objectRef<CallWithLegs>('Call')
export const CandidateRef = builder.objectRef<InteractionCandidateTable>('Candidate')
export const ConsiderationRef = builder.objectRef<Consideration>('Consideration')
export const ContactPointRef = builder.objectRef<Pick<ContactPoint, 'kind' | 'value'>>('ContactPoint')
export const CustomerRef = builder.objectRef<CustomerTable>('Customer')
export const FactRef = builder.objectRef<{ name: string; value: string }>('Fact')
export const InteractionRef = builder.objectRef<InteractionTable>('Interaction')
export const LegRef = builder.objectRef<LegTable>('Leg')
export const MailRef = builder.objectRef<MailTable>('Mail')
export const MailThreadRef = builder.objectRef<ThreadWithMails>('MailThread')
export const MeRef = builder.objectRef<Viewer>('Me')
export const OfferRef = builder.objectRef<OfferTable>('Offer')
export const OperatorNoticeRef = builder.objectRef<Notice>('OperatorNotice')
export const QueueBoardRowRef = builder.objectRef<QueueBoardRow>('QueueBoardRow')
export const QueueRef = builder.objectRef<QueueTable>('Queue')
export const TimelineEntryRef = builder.objectRef<TimelineEntryTable>('TimelineEntry')

export const ReplayRef = builder.objectRef<Replay>('Replay')
export const ReplayEventRef = builder.objectRef<ReplayedEvent>('ReplayEvent')
export const ReplayMomentRef = builder.objectRef<ReplayMomentView>('ReplayMoment')

export const BoardRef = builder.objectRef<BoardView>('Board')
export const DeskRef = builder.objectRef<DeskView>('Desk')

export type CallWithLegs = { readonly call: CallTable; readonly legs: readonly LegTable[] }
export type ThreadWithMails = { readonly thread: MailThreadTable; readonly mails: readonly MailTable[] }
export type BoardView = {
  readonly at: Instant
  readonly queues: readonly QueueBoardRow[]
  readonly agents: readonly AgentTable[]
}
/** Right after an event of a replay; clocks run to `at`. */
export type ReplayMomentView = {
  readonly replay: Replay
  readonly event: ReplayedEvent
  readonly position: string
  readonly at: Instant
}
export type DeskView = {
  readonly now: Instant
  readonly agent: AgentTable
  readonly offer: OfferTable | null
  readonly current: InteractionTable | null
  readonly mine: readonly InteractionTable[]
  readonly waiting: readonly InteractionTable[]
  /** The queues that this agent has the skills for: what happens in others is nothing to this desk. */
  readonly queueIds: ReadonlySet<QueueId>
}
