import { dirname, join } from 'node:path'
import type { Instant } from '@centralino/domain'
import { createBlobStore, type EventStore, openEventStore } from '@centralino/event-store'
import { openReadModels } from '@centralino/projections'
import { type ReceivingSip, startVoiceEdge } from '@centralino/telephony'
import { openAccounts } from './auth/accounts.ts'
import { type FirstAdmin, makeFirstAdmin } from './auth/first-admin.ts'
import type { Config, HubMode } from './config.ts'
import { letMailIn } from './demo/let-mail-in.ts'
import { hasDemoLogins, seedAccounts } from './demo/seed-accounts.ts'
import { type SeedOptions, seedLogFile } from './demo/seed-log.ts'
import { seedServerLog } from './demo/seed-server-log.ts'
import { cloudEventSource } from './feed/cloud-event.ts'
import { startSealing } from './ledger/sealing.ts'
import type { Log } from './observability/logger.ts'
import { createMetrics } from './observability/metrics.ts'
import { createNotices, type Notices } from './observability/notices.ts'
import { demoTransport, openMail } from './open-mail.ts'
import { createOperations, operationsState } from './operations.ts'
import { edgeFailed } from './startup/edge-failure.ts'
import { edgeIsUp, watchEdge } from './startup/edge-watch.ts'
import { PartFailed, starting } from './startup/failure.ts'
import { watchFloor } from './startup/floor-watch.ts'
import { followLog } from './startup/follow-log.ts'
import { EDGE_WORDS, MAILBOX_WORDS, SMTP_WORDS, storeWord } from './startup/health-words.ts'
import { removeHubFile, writeHubFile } from './startup/hub-file.ts'
import { makeFolder } from './startup/make-folder.ts'
import { closeToOthers } from './startup/private-files.ts'
import { replyAndClose } from './startup/reply-and-close.ts'
import { createStoreGate } from './startup/store-gate.ts'
import { watchStore } from './startup/store-watch.ts'
import { systemClock } from './time/clock.ts'
import { startWebhooks } from './webhooks/start-webhooks.ts'
import { openWebhooksFile } from './webhooks/webhooks-file.ts'

export type Hub = AsyncDisposable & {
  readonly mode: HubMode
  /** Where people open the console. */
  readonly url: string
  readonly sip: ReceivingSip
  /** Of a hub in production that nobody has set up yet. The password is known at the first start and never again. */
  readonly firstAdmin: FirstAdmin | null
  /** Rejects with a `PartFailed` when a part broke that the hub cannot go on without. */
  readonly failed: Promise<never>
}

export type StartHubOptions = {
  readonly config: Config
  readonly log: Log
  /** Absolute; the console's static export. */
  readonly consoleFolder: string
  /** A line for whoever waits. */
  readonly onProgress: (step: string) => void
}

/**
 * The composition root: chooses every adapter and starts the parts in order, the log first and the doors last. Disposing
 * the hub stops them in the opposite order: nobody new comes in, calls end with a cause, what they leave is written down,
 * and the log is closed last. Rejects with a `PartFailed` that names the part.
 */
export const startHub = async (options: StartHubOptions): Promise<Hub> => {
  const { config, log, onProgress } = options
  const { dataDir } = config
  const now = systemClock.now
  const failed = Promise.withResolvers<never>()
  // Who runs the hub awaits it, later than it may reject.
  failed.promise.catch(() => {})
  const watch = (part: string, ended: Promise<unknown>): void =>
    void ended.catch((error: unknown) => failed.reject(new PartFailed(part, error)))
  await using parts = new AsyncDisposableStack()

  const metrics = createMetrics({ processMetrics: true })
  const notices = createNotices({
    onReport: ({ code, count, facts }) => {
      metrics.notices.inc({ code })
      log.warn({ notice: code, count, facts }, 'operator notice')
    },
  })
  await starting(`the data folder (${dataDir})`, async () => {
    await makeFolder(dataDir, 0o700)
    await closeToOthers(dataDir)
  })
  const blobs = await starting('the files', () => createBlobStore(join(dataDir, 'blobs')))
  const demo = { config, now: now(), blobs, notices, onProgress }
  if (config.mode === 'demo') await seedDemo(demo)

  // The lock of the log, or of the ids of a log on a server, keeps a second hub away from this data, and so from the edge
  // that belongs to it.
  const opened = parts.use(
    await starting(`the log (${config.logPath ?? 'on its servers'})`, () =>
      openEventStore(config.eventStoreUrl, { eventIdsPath: join(dataDir, 'event-ids.db') }),
    ),
  )
  const gate = parts.use(createStoreGate({ store: opened, folders: foldersOf(config), notices }))
  const { store } = gate
  parts.defer(watchStore(store, notices, metrics))
  if (config.mode === 'demo') await seedDemoOnServer(store, demo)
  const edge = parts.use(startVoiceEdge({ config: edgeConfigOf(config), log: log.child({ part: 'edge' }) }))
  // The heaviest modules load while threads and the edge come up.
  const doorsModule = import('./startup/open-doors.ts')
  const [readModels, accounts] = await openFiles(config, parts, failed.reject, log)
  if (config.mode === 'production' && (await hasDemoLogins(accounts)))
    throw new PartFailed(
      'the accounts',
      new Error('a demo made this data folder, and its logins are public.'),
      MADE_BY_DEMO,
    )
  const followed = parts.use(
    await starting('the read models', () => followLog({ store, readModels, notices, metrics })),
  )
  watch('the read models', followed.ended)
  const caughtUp = starting('the read models', () => followed.caughtUp)
  onProgress('Log open')

  const operations = parts.use(
    await starting('the floor', () =>
      createOperations({
        store,
        edge,
        recording: gate,
        state: operationsState(dataDir),
        floorId: config.floor,
        timeZone: config.timeZone,
        defaultCountry: config.country,
        notices,
        log,
      }),
    ),
  )
  watch('the floor', operations.ended)
  // Again, so that it goes before the floor does: how its calls ended must still be written down.
  parts.use(edge)
  if (config.mode === 'demo') await letMailIn(operations, config.mail.address, now())
  const mail = parts.use(
    openMail(config, {
      store,
      handlers: operations.handlers,
      identification: operations.identification,
      directory: operations.directory,
      blobs,
      clock: systemClock,
      notices,
      onReactionFailure: ({ error, ...facts }) => {
        log.warn({ error, ...facts }, 'a reaction failed')
        if (facts.givenUp) notices.report('REACTION_GIVEN_UP', { event: facts.eventType })
      },
    }),
  )
  watch('the outbox', mail.ended)
  operations.plugReply(replyAndClose(mail, operations.desk))

  onProgress(`Read models caught up, ${await caughtUp} events`)
  await starting('the floor', () => operations.start())
  await starting('the mail channel', () => mail.start())
  if (config.mode === 'demo') await seedAccounts(accounts, now())

  parts.use(
    await starting(`the ledger (${config.ledgerKeyPath})`, () =>
      startSealing({
        store,
        ledgerPath: join(dataDir, 'ledger.db'),
        keyPath: config.ledgerKeyPath,
        clock: systemClock,
        notices,
        log: log.child({ part: 'ledger' }),
      }),
    ),
  )
  const webhooksPath = join(dataDir, 'webhooks.db')
  const webhooksFile = parts.use(
    await starting(`the webhooks (${webhooksPath})`, () =>
      openWebhooksFile(webhooksPath, (error) => failed.reject(new PartFailed('the webhooks', error))),
    ),
  )
  parts.use(
    startWebhooks({
      store,
      file: webhooksFile,
      accounts,
      source: cloudEventSource(config.http.origin),
      posting: { policy: config.webhooks },
      deadLetterLimit: config.webhooks.deadLetterLimit,
      clock: systemClock,
      metrics,
      notices,
      log: log.child({ part: 'webhooks' }),
    }),
  )
  const connections = {
    store: () => storeWord(store.health?.(), gate.isWritable()),
    edge: () => EDGE_WORDS[edge.status().status],
    mailbox: () => MAILBOX_WORDS[mail.mailboxStatus()],
    smtp: () => SMTP_WORDS[mail.smtpStatus()],
  }
  parts.defer(watchFloor(operations, connections, metrics))
  let ready = false
  parts.defer(watchEdge(edge, notices, metrics))
  const doors = parts.use(
    await (await doorsModule).openDoors({
      config,
      consoleFolder: options.consoleFolder,
      accounts,
      store,
      blobs,
      readModels,
      operations,
      connections,
      isReady: () => ready && gate.isWritable(),
      onStoreFailure: gate.noteFailure,
      metrics,
      notices,
      log,
    }),
  )
  onProgress('Console and API open')
  const sip = await edgeIsUp(edge).catch((error: unknown) => {
    throw edgeFailed(error, config)
  })
  onProgress('Voice edge up')
  await writeHubFile(dataDir, { pid: process.pid, http: doors.http, sip })
  parts.defer(() => removeHubFile(dataDir))
  // Last, when everything else stands: a start that failed after it would have lost the password.
  const firstAdmin =
    config.mode === 'demo' ? null : await starting('the accounts', () => makeFirstAdmin(accounts, now()))
  parts.defer(() => {
    ready = false
  })
  ready = true
  const { address, port } = doors.http
  const running = parts.move()
  return {
    mode: config.mode,
    url: config.http.origin ?? `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    sip,
    firstAdmin,
    failed: failed.promise,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

const MADE_BY_DEMO =
  'Choose another HUB_DATA_DIR for production; nothing of a demo belongs there, its customers and calls included.'

/** Those that must take what happens; with a log on servers, its ids, the accounts and the read models are here all the same. */
const foldersOf = ({ dataDir, logPath }: Config): readonly string[] => [
  ...new Set([dataDir, ...(logPath === null ? [] : [dirname(logPath)])]),
]

type Parts = AsyncDisposableStack

const openFiles = async (config: Config, parts: Parts, onLost: (failure: PartFailed) => void, log: Log) => {
  const { dataDir } = config
  const readModelsPath = join(dataDir, 'read-models.db')
  const accountsPath = join(dataDir, 'accounts.db')
  const lost = (part: string) => (error: Error) => onLost(new PartFailed(part, error))
  const [readModels, accounts] = await Promise.allSettled([
    starting(`the read models (${readModelsPath})`, () =>
      openReadModels({
        path: readModelsPath,
        onListenerError: (error) => log.error({ error }, 'a listener to the read models failed'),
      }),
    ),
    starting(`the accounts (${accountsPath})`, () => openAccounts(accountsPath, lost('the accounts'))),
  ])
  for (const opened of [readModels, accounts]) if (opened.status === 'fulfilled') parts.use(opened.value)
  if (readModels.status === 'rejected') throw readModels.reason
  if (accounts.status === 'rejected') throw accounts.reason
  return [readModels.value, accounts.value] as const
}

const edgeConfigOf = ({
  dataDir,
  sip,
  sipTls,
  media,
}: Config): Parameters<typeof startVoiceEdge>[0]['config'] => ({
  socketPath: join(dataDir, 'edge.sock'),
  sip,
  sipTls,
  mediaAddress: sip.address === 'localhost' ? '127.0.0.1' : sip.address,
  announcedAddress: media.announcedAddress,
  rtpPorts: media.rtpPorts,
  webRtcPorts: media.webRtcPorts,
  mediasoupWorkerBin: media.workerBin,
})

type Demo = {
  readonly config: Config
  readonly now: Instant
  readonly blobs: Awaited<ReturnType<typeof createBlobStore>>
  readonly notices: Notices
  readonly onProgress: (step: string) => void
}

const seedOptions = ({ config, onProgress, ...given }: Demo): SeedOptions => ({
  ...given,
  transport: demoTransport(config.dataDir),
  floorId: config.floor,
  timeZone: config.timeZone,
  dataDir: config.dataDir,
  onBegin: () => onProgress("Making the demo's customers and their past"),
})

const seedDemo = async (demo: Demo): Promise<void> => {
  const { logPath, dataDir } = demo.config
  if (logPath === null) return
  const end = await starting('the demo', () => seedLogFile(logPath, seedOptions(demo)))
  if (end !== null) await beginReactionsAfter(end, dataDir)
}

const seedDemoOnServer = async (store: EventStore, demo: Demo): Promise<void> => {
  const { logPath, dataDir } = demo.config
  if (logPath !== null) return
  const seeded = await starting('the demo', () =>
    seedServerLog(store, join(dataDir, 'demo-log.db'), seedOptions(demo)),
  )
  if (seeded === null) return
  await beginReactionsAfter(seeded.end, dataDir)
  await seeded.done()
}

/** The past asks for nothing any more: the reactors begin at its end. */
const beginReactionsAfter = async (end: string, dataDir: string): Promise<void> => {
  const { journey, voice } = operationsState(dataDir)
  await journey.save(end)
  await voice.save(end)
}
