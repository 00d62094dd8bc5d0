import type { Instant } from '@centralino/domain'
import type { ReadModels } from '@centralino/projections'
import type { Administration } from '../administration/administration.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { DeskActions } from '../desk/desk-actions.ts'
import type { Log } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { Notices } from '../observability/notices.ts'
import type { Replays } from '../replay/replays.ts'
import type { MailBodies } from './mail-body/mail-bodies.ts'

/** How the parts are that talk to the outside; `away` is being tried again. */
export type Connections = {
  /** `notWritable`: what happens cannot be written down. */
  store(): 'up' | 'away' | 'notWritable'
  edge(): 'starting' | 'up' | 'away'
  mailbox(): 'off' | 'starting' | 'up' | 'away'
  /** `down`: the last mail was not taken. */
  smtp(): 'off' | 'up' | 'down'
}

/** What the schema stands on; the same for every request. */
export type GraphQLServices = {
  readonly readModels: ReadModels
  readonly deskActions: DeskActions
  readonly administration: Administration
  readonly mailBodies: MailBodies
  readonly replays: Replays
  readonly connections: Connections
  readonly notices: Notices
  readonly metrics: Metrics
  readonly log: Log
  readonly now: () => Instant
  /** The floor's zone: its midnight begins "today". */
  readonly timeZone: string
  /** Told of sessions that ended; returns the function that stops listening. */
  readonly onSessionEnded: (listener: (sessionId: string) => void) => () => void
}

/** What each request brings. */
export type RequestContext = { readonly viewer: Viewer | null }

export type GraphQLContext = GraphQLServices & RequestContext
