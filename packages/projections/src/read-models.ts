import type {
  AgentId,
  CustomerId,
  Instant,
  InteractionId,
  MailId,
  OfferId,
  QueueId,
  RecordedEvent,
  ReplayId,
  ThreadId,
} from '@centralino/domain'
import type { ProjectorStatistics } from './projector/projector.ts'
import type * as t from './read-model-store/tables.ts'

export type Page = { readonly first: number; readonly after?: string | undefined }
export type Paged<Row> = { readonly rows: readonly Row[]; readonly hasNextPage: boolean }

export type QueueBoardRow = {
  readonly queue: t.QueueTable
  readonly waiting: number
  readonly longestWaitingSince: string | null
  readonly readyAgents: number
  readonly engagedAgents: number
  /** Since local midnight of the floor. */
  readonly answeredToday: number
  readonly abandonedToday: number
}

/** What an agent's inbox lists: what is theirs, and what waits in the queues whose skills they have. */
export type Inbox = {
  readonly mine: readonly t.InteractionTable[]
  readonly waiting: readonly t.InteractionTable[]
}

/** What became of a customer's timeline after a position. */
export type TimelineNews = {
  /**
   * Oldest first, each once: what was appended (at most 1,000), and every entry of an interaction that came to this
   * customer or left them. An entry with another `customer_id` is not theirs any more.
   */
  readonly entries: readonly t.TimelineEntryTable[]
  /** Where to read on. */
  readonly position: string
}

/** What a committed batch of events touched, after the commit: who subscribes looks again. */
export type ReadModelChange = {
  /** Position of the batch's last event. */
  readonly position: string
  readonly customerIds: ReadonlySet<CustomerId>
  readonly interactionIds: ReadonlySet<InteractionId>
  readonly agentIds: ReadonlySet<AgentId>
  readonly queueIds: ReadonlySet<QueueId>
  readonly threadIds: ReadonlySet<ThreadId>
}

/**
 * The read side, as the hub uses it. All rows are plain objects of `tables.ts`; every query runs in the read models'
 * own worker, so none blocks the hub's event loop. `apply` is called by the hub with batches of the log in order.
 */
export type ReadModels = AsyncDisposable & {
  /** Where to resume the log: the position folded in last, null at the beginning. */
  checkpoint(): Promise<string | null>
  /** Rows and checkpoint in one transaction. Resolves after the commit; listeners are told then. */
  apply(events: readonly RecordedEvent[]): Promise<void>
  /** Returns the function that stops listening. */
  onChange(listener: (change: ReadModelChange) => void): () => void
  /** What was folded since they were opened. */
  statistics(): Promise<ProjectorStatistics>

  customer(id: CustomerId): Promise<t.CustomerTable | null>
  /** By name, the provisional ones last; the cursor is the `customer_id`. */
  customers(page: Page & { search?: string | undefined }): Promise<Paged<t.CustomerTable>>
  contactPoints(id: CustomerId): Promise<readonly t.ContactPointTable[]>
  candidates(id: InteractionId): Promise<readonly t.InteractionCandidateTable[]>
  /** Newest first; the cursor is a position. */
  timeline(id: CustomerId, page: Page): Promise<Paged<t.TimelineEntryTable>>
  /** What a live subscription sends that has told everything up to a position. */
  timelineSince(id: CustomerId, position: string): Promise<TimelineNews>
  interaction(id: InteractionId): Promise<t.InteractionTable | null>
  /** Newest first; the cursor is the row's `opened_at|interaction_id`. */
  interactions(id: CustomerId, page: Page): Promise<Paged<t.InteractionTable>>
  /** How many of the customer's interactions were opened at or after this. */
  contactsSince(id: CustomerId, since: Instant): Promise<number>
  inbox(id: AgentId): Promise<Inbox>
  agents(): Promise<readonly t.AgentTable[]>
  agent(id: AgentId): Promise<t.AgentTable | null>
  queues(): Promise<readonly t.QueueTable[]>
  queueBoard(midnight: string): Promise<readonly QueueBoardRow[]>
  offer(id: OfferId): Promise<t.OfferTable | null>
  offersOf(id: InteractionId): Promise<readonly t.OfferTable[]>
  callOf(id: InteractionId): Promise<{ call: t.CallTable; legs: readonly t.LegTable[] } | null>
  thread(id: ThreadId): Promise<{ thread: t.MailThreadTable; mails: readonly t.MailTable[] } | null>
  mail(id: MailId): Promise<t.MailTable | null>
  /** Mails that are not sent yet or have failed: the operator's list. */
  undeliveredMails(): Promise<readonly t.MailTable[]>
  /** Newest first; the cursor is the row's `opened_at|replay_id`. */
  replays(page: Page): Promise<Paged<t.ReplayTable>>
  /** Oldest first, at most 1,000. */
  looksIn(id: ReplayId): Promise<readonly t.LookTable[]>
}
