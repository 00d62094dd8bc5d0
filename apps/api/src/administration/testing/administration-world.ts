import { setTimeout as delay } from 'node:timers/promises'
import { parseInstant, type QueueSettings, type RecordedEvent } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import { temporaryEventStore } from '@centralino/event-store/testing'
import type { ReadModels } from '@centralino/projections'
import { readModelsInMemory } from '@centralino/projections/testing'
import type { Accounts } from '../../auth/accounts.ts'
import { createSessions, type Sessions } from '../../auth/sessions.ts'
import { inMemoryAccounts, makeAccount } from '../../auth/testing/in-memory-accounts.ts'
import { createCommandHandlers } from '../../commands/command-handlers.ts'
import { type Directory, openDirectory } from '../../directory/directory.ts'
import { createMetrics, type Metrics } from '../../observability/metrics.ts'
import { stateInMemory } from '../../reactors/testing/state-in-memory.ts'
import type { AccountSettings, Administration, Administrator } from '../administration.ts'
import { createAdministration } from '../create-administration.ts'

export const NOW = parseInstant('2026-11-24T05:00:00Z')

/** The administration on a real log, with read models that follow it, and one administrator. */
export type AdministrationWorld = AsyncDisposable & {
  readonly administration: Administration
  readonly boss: Administrator
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly directory: Directory
  readonly readModels: ReadModels
  readonly metrics: Metrics
  /** What was logged, as one text. */
  logged(): string
  /** From now on the log takes nothing, or does again. */
  setDiskFull(full: boolean): void
  /** Of the log, in order. */
  events(): Promise<readonly RecordedEvent[]>
  types(): Promise<readonly string[]>
  /** Adds an account and gives its id. */
  add(email: string, settings?: Partial<AccountSettings>): Promise<string>
  /** A session of the account, which has chosen its password; gives its token. */
  signIn(accountId: string): Promise<string>
}

export const SOFIA: AccountSettings = { name: 'Sofia Marchetti', role: 'agent', skills: ['billing'] }

export const BILLING: QueueSettings = {
  name: 'Billing',
  requiredSkills: ['billing'],
  offerTimeoutSeconds: 20,
  wrapUpSeconds: 60,
  entryPoints: ['+390655500100', 'billing@linfa.example'],
}

export const administrationWorld = async (): Promise<AdministrationWorld> => {
  await using parts = new AsyncDisposableStack()
  const store = parts.use(await temporaryEventStore())
  let full = false
  const fillable: EventStore = {
    ...store,
    append: async (...given) => {
      if (full) throw Object.assign(new Error('no room'), { code: 'DISK_FULL' })
      return store.append(...given)
    },
  }
  const readModels = parts.use(readModelsInMemory())
  const onEvents = async (events: readonly RecordedEvent[]) => {
    // Behind the append, so that who does not wait for it sees nothing yet.
    await delay(20)
    await readModels.apply(events)
  }
  parts.use(store.subscribe(null, { onEvents }))
  const accounts = parts.use(inMemoryAccounts())
  const sessions = createSessions({ accounts, secret: 's', now: () => NOW, onListenerFailure: () => {} })
  const directory = await openDirectory(store, stateInMemory())
  const metrics = createMetrics()
  const lines: unknown[] = []
  const boss = await makeAccount({ email: 'admin@linfa.example', role: 'admin', password: 'x' })
  await accounts.addAccount(boss)
  const administration = createAdministration({
    accounts,
    sessions,
    store,
    handlers: createCommandHandlers(fillable),
    directory,
    readModels,
    metrics,
    log: { info: (...line: readonly unknown[]) => void lines.push(line) },
    now: () => NOW,
    country: 'IT',
  })

  const open = parts.move()
  const world: AdministrationWorld = {
    administration,
    boss,
    accounts,
    sessions,
    directory,
    readModels,
    metrics,
    logged: () => JSON.stringify(lines),
    setDiskFull: (is) => {
      full = is
    },
    events: async () => {
      const events: RecordedEvent[] = []
      for await (const event of store.readAll()) events.push(event)
      return events
    },
    types: async () => (await world.events()).map(({ type }) => type),
    add: async (email, settings = {}) => {
      const outcome = await administration.addAccount(boss, email, { ...SOFIA, ...settings })
      if (!outcome.ok) throw new Error(outcome.code)
      return (await accounts.accountByEmail(email))?.accountId ?? ''
    },
    signIn: async (accountId) => {
      const account = await accounts.accountById(accountId)
      await accounts.setPassword(accountId, 'chosen', account?.passwordHash ?? '')
      const chosen = await accounts.accountById(accountId)
      const session = chosen === null ? null : await sessions.open(chosen)
      if (session === null) throw new Error('no session')
      await sessions.viewerOf(session.token)
      return session.token
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
  return world
}
