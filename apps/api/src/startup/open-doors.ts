import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { BlobStore, EventStore } from '@centralino/event-store'
import type { ReadModels } from '@centralino/projections'
import { createAdministration } from '../administration/create-administration.ts'
import type { Accounts } from '../auth/accounts.ts'
import { sessionTokenIn } from '../auth/cookies.ts'
import type { OriginRule } from '../auth/same-origin.ts'
import { createSessions } from '../auth/sessions.ts'
import { createSignIn } from '../auth/sign-in.ts'
import type { Config } from '../config.ts'
import { cloudEventSource } from '../feed/cloud-event.ts'
import { createFeed } from '../feed/create-feed.ts'
import type { Connections } from '../graphql/context.ts'
import { createGraphQL } from '../graphql/create-yoga.ts'
import { rawIdOf } from '../graphql/ids.ts'
import { createMailBodies } from '../graphql/mail-body/mail-bodies.ts'
import { createSanitiser } from '../graphql/mail-body/sanitiser.ts'
import { createApp } from '../http/create-app.ts'
import type { Log } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { Notices } from '../observability/notices.ts'
import type { Operations } from '../operations.ts'
import { createReplays } from '../replay/replays.ts'
import { systemClock } from '../time/clock.ts'
import { attachVoiceWebSocket, type BrowserPhone, type PhoneSession } from '../websocket/index.ts'
import { starting } from './failure.ts'
import { listen } from './listen.ts'

export type DoorOptions = {
  readonly config: Config
  readonly consoleFolder: string
  readonly accounts: Accounts
  readonly store: Pick<EventStore, 'eventById' | 'readAll' | 'subscribe'>
  readonly blobs: BlobStore
  readonly readModels: ReadModels
  readonly operations: Pick<Operations, 'desk' | 'directory' | 'handlers' | 'lines' | 'voice'>
  readonly connections: Connections
  readonly isReady: () => boolean
  /** Told of a request that the disk or the log refused. */
  readonly onStoreFailure: (error: unknown) => void
  readonly metrics: Metrics
  readonly notices: Notices
  readonly log: Log
}

export type Doors = AsyncDisposable & { readonly http: { readonly address: string; readonly port: number } }

const SWEEP_EVERY_MILLISECONDS = 60_000

/** What people come in by: HTTP (console, sign-in, GraphQL, files) and the browser phone's WebSocket, one sign-in for both. */
export const openDoors = async (options: DoorOptions): Promise<Doors> => {
  const { config, accounts, operations, metrics, notices, log } = options
  await using parts = new AsyncDisposableStack()
  const originRule: OriginRule = { origin: config.http.origin, loopbackOnly: config.mode === 'demo' }
  const sessions = createSessions({
    accounts,
    secret: config.secret,
    now: systemClock.now,
    onListenerFailure: (error) => {
      metrics.unexpectedErrors.inc({ where: 'session end' })
      notices.report('UNEXPECTED_ERROR', { where: 'session end' })
      log.error({ error }, 'a listener to the end of sessions failed')
    },
  })
  const sweep = setInterval(() => {
    void sessions.removeExpired().catch((error: unknown) => log.error({ error }, 'sessions were not swept'))
  }, SWEEP_EVERY_MILLISECONDS)
  parts.defer(() => clearInterval(sweep))

  const sanitiser = parts.use(createSanitiser({ onTimeout: () => notices.report('MAIL_NOT_SANITISED') }))
  const replays = parts.use(
    await createReplays({
      audit: operations.handlers.audit,
      config,
      folder: join(config.dataDir, 'replay'),
      ledgerPath: join(config.dataDir, 'ledger.db'),
      timeZone: config.timeZone,
      now: systemClock.now,
      onSessionEnded: sessions.onEnded,
      onFailure: (error) => {
        metrics.unexpectedErrors.inc({ where: 'replay' })
        notices.report('UNEXPECTED_ERROR', { where: 'replay' })
        log.error({ error }, 'a replay could not be ended')
      },
    }),
  )
  const graphql = createGraphQL({
    readModels: options.readModels,
    deskActions: operations.desk,
    administration: createAdministration({
      accounts,
      sessions,
      store: options.store,
      handlers: operations.handlers,
      directory: operations.directory,
      readModels: options.readModels,
      metrics,
      log,
      now: systemClock.now,
      country: config.country,
    }),
    mailBodies: createMailBodies({
      blobs: options.blobs,
      sanitiser,
      onUnreadable: (error) => {
        notices.report('FILE_DAMAGED')
        log.error({ error }, "a mail's body could not be read")
      },
    }),
    replays,
    connections: options.connections,
    notices,
    metrics,
    log,
    now: systemClock.now,
    timeZone: config.timeZone,
    onSessionEnded: sessions.onEnded,
  })
  const feed = parts.use(
    createFeed({
      store: options.store,
      accounts,
      secret: config.secret,
      source: cloudEventSource(config.http.origin),
      clock: systemClock,
      metrics,
      log: log.child({ part: 'feed' }),
    }),
  )
  const app = createApp({
    originRule,
    https: config.http.origin?.startsWith('https:') ?? false,
    behindProxy: config.http.origin !== null,
    consoleFolder: options.consoleFolder,
    signIn: createSignIn({ accounts, sessions, metrics, notices }),
    sessions,
    graphql,
    feed,
    blobs: options.blobs,
    isReady: options.isReady,
    onStoreFailure: options.onStoreFailure,
    metrics,
    notices,
    log,
  })
  const listening = parts.use(
    await starting(`the console (HTTP at ${config.http.address}:${config.http.port})`, () =>
      listen(app, config.http.address, config.http.port),
    ),
  )
  // Again, so that its streams end before the doors close: these wait for answers to end.
  parts.use(feed)
  parts.use(
    attachVoiceWebSocket(listening.server, {
      authenticate: (request) => phoneSessionOf(request, sessions),
      onSessionEnded: sessions.onEnded,
      originRule,
      lines: operations.lines,
      phone: byGlobalId(operations.voice.phone),
      onFailure: (error) => {
        metrics.unexpectedErrors.inc({ where: 'websocket' })
        notices.report('UNEXPECTED_ERROR', { where: 'websocket' })
        log.error({ error }, "the browser phone's socket failed")
      },
    }),
  )
  const open = parts.move()
  return {
    http: { address: listening.address, port: listening.port },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

const phoneSessionOf = async (
  request: IncomingMessage,
  sessions: Pick<ReturnType<typeof createSessions>, 'viewerOf'>,
): Promise<PhoneSession | null> => {
  const token = sessionTokenIn(request.headers.cookie)
  const viewer = token === null ? null : await sessions.viewerOf(token)
  if (viewer?.role !== 'agent' || viewer.agentId === null) return null
  const { agentId, sessionId } = viewer
  return { user: { actor: { kind: 'agent', id: agentId }, agentId }, sessionId }
}

/** The console knows interactions by their GraphQL ids; the phone, by the domain's. */
const byGlobalId = (phone: BrowserPhone): BrowserPhone => ({
  answer: (by, request) =>
    request.method === 'openLeg'
      ? phone.answer(by, {
          ...request,
          params: { interactionId: rawIdOf('Interaction', request.params.interactionId) },
        })
      : phone.answer(by, request),
})
