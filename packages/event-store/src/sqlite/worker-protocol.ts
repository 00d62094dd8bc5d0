import type { EncodedEvent } from '../codec/encoded-event.ts'
import type { Failure } from './failure.ts'

/** What the writer's and the reader's thread are started with. */
export type WriterData = {
  readonly path: string
  /** Upper bound of the log in pages of 4 KiB (PRAGMA max_page_count); null: none. */
  readonly maxPages: number | null
}

export type ReaderData = {
  readonly path: string
  readonly readOnly: boolean
  /** The log's end is not looked at. */
  readonly evenDamaged: boolean
}

/** First message of either thread. `head` is the last place in the log, 0 when it is empty. */
export type Opened =
  | { readonly kind: 'opened'; readonly head: number }
  | { readonly kind: 'refused'; readonly failure: Failure }

export type ExpectedPlace = number | 'noStream' | 'streamExists' | 'any'

export type AppendRequest = {
  readonly stream: string
  readonly expected: ExpectedPlace
  readonly events: readonly EncodedEvent[]
}

export type ToWriter =
  | { readonly kind: 'append'; readonly requests: readonly AppendRequest[] }
  | { readonly kind: 'close' }

export type AppendOutcome =
  /** Places of the append's last event; its events lie next to each other in the stream and in the log. */
  | { readonly outcome: 'appended'; readonly revision: number; readonly place: number }
  /** The same events were in the log already. */
  | { readonly outcome: 'repeated'; readonly revision: number; readonly place: number }
  | { readonly outcome: 'failed'; readonly failure: Failure }

export type FromWriter =
  | Opened
  /** Answers the oldest unanswered requests, in their order. */
  | { readonly kind: 'answered'; readonly outcomes: readonly AppendOutcome[]; readonly recordedAt: number }
  | { readonly kind: 'closed' }

export type Direction = 'forwards' | 'backwards'

/** Places lie between the pages: `from` is exclusive both ways; null: from the end that the direction starts at. */
export type AllQuery = {
  readonly of: 'all'
  readonly from: number | null
  readonly direction: Direction
  readonly limit: number
}

/** `from` is a revision, inclusive both ways. */
export type StreamQuery = {
  readonly of: 'stream'
  readonly stream: string
  readonly from: number | null
  readonly direction: Direction
  readonly limit: number
}

export type PageQuery = AllQuery | StreamQuery | { readonly of: 'id'; readonly id: string }

/** place, stream, revision, id, type, schemaVersion, data, metadata, recordedAt. */
export type EventRow = [number, string, number, string, string, number, string, string, number]

export type Page = {
  readonly rows: readonly EventRow[]
  /** Nothing lay beyond the last row when the page was read. */
  readonly atEnd: boolean
}

export type ToReader =
  /** First of all, once the file is there: the thread starts while the writer still makes it. */
  | { readonly kind: 'open' }
  | { readonly kind: 'read'; readonly number: number; readonly query: PageQuery }
  | { readonly kind: 'close' }

export type FromReader =
  | Opened
  | { readonly kind: 'page'; readonly number: number; readonly page: Page }
  | { readonly kind: 'failed'; readonly number: number; readonly failure: Failure }
  | { readonly kind: 'closed' }
