import type { CountryCode, Instant } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import type { ReadModels } from '@centralino/projections'
import type { Accounts } from '../auth/accounts.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { CommandHandlers } from '../commands/command-handlers.ts'
import { createSerialQueue } from '../concurrency/serial-queue.ts'
import type { Directory } from '../directory/directory.ts'
import type { Log } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { Acted } from './acted.ts'
import type {
  Administration,
  AdministrationOutcome,
  Administrator,
  OneTimePasswordOutcome,
} from './administration.ts'
import { createCaughtUp } from './caught-up.ts'
import { createQueues } from './queues.ts'
import { createStaff } from './staff.ts'

export type AdministrationRooms = {
  readonly accounts: Accounts
  readonly sessions: Pick<Sessions, 'tellEnded'>
  readonly store: Pick<EventStore, 'eventById'>
  readonly handlers: Pick<CommandHandlers, 'agent' | 'queue'>
  readonly directory: Pick<Directory, 'queueIds' | 'note'>
  readonly readModels: Pick<ReadModels, 'checkpoint' | 'onChange'>
  readonly metrics: Pick<Metrics, 'administration'>
  readonly log: Pick<Log, 'info'>
  readonly now: () => Instant
  /** Whose national numbers are meant by digits without a country code. */
  readonly country: CountryCode
}

/** A few administrators press a few buttons; with more waiting than that something is wrong: `TOO_BUSY`. */
const WAITING_ACTIONS = 50

/**
 * The one writer of accounts, agents and queues: actions run one after the other, so that two that ask for the same entry
 * point or address at once are not both granted it. Each is counted, and logged with the ids of who did it and to whom.
 */
export const createAdministration = (rooms: AdministrationRooms): Administration => {
  const { accounts, metrics, log } = rooms
  const staff = createStaff(rooms)
  const queues = createQueues(rooms)
  const caughtUp = createCaughtUp(rooms)
  const line = createSerialQueue(WAITING_ACTIONS)

  const inTurn = async <O extends AdministrationOutcome | OneTimePasswordOutcome>(
    action: Exclude<keyof Administration, 'accounts'>,
    by: Administrator,
    run: () => Promise<Acted<O>>,
  ): Promise<O> => {
    const record = (counted: 'done' | 'refused' | 'failed', outcome: string, about: string | null) => {
      metrics.administration.inc({ action, outcome: counted })
      log.info({ action, by: by.accountId, about, outcome }, 'an administrator acted')
    }
    const { outcome, about, appended } = await line.run(run).catch((error: unknown) => {
      record('failed', 'failed', null)
      throw error
    })
    if (outcome.ok) record('done', 'done', about)
    else record('refused', outcome.code, about)
    if (appended !== null) await caughtUp(appended)
    return outcome
  }

  return {
    accounts: async () => {
      const entries = (await accounts.accounts()).map(({ passwordHash: _hash, ...entry }) => entry)
      return entries.sort((one, other) => BY_NAME.compare(one.name, other.name))
    },
    addAccount: (by, email, settings) =>
      inTurn('addAccount', by, () => staff.addAccount(by, email, settings)),
    changeAccount: (by, accountId, settings) =>
      inTurn('changeAccount', by, () => staff.changeAccount(by, accountId, settings)),
    giveOneTimePassword: (by, accountId) =>
      inTurn('giveOneTimePassword', by, () => staff.giveOneTimePassword(by, accountId)),
    removeAccount: (by, accountId) => inTurn('removeAccount', by, () => staff.removeAccount(by, accountId)),
    addQueue: (by, settings) => inTurn('addQueue', by, () => queues.addQueue(by, settings)),
    changeQueue: (by, queueId, settings) =>
      inTurn('changeQueue', by, () => queues.changeQueue(by, queueId, settings)),
  }
}

/** As a reader looks for a name: case and accents count last. */
const BY_NAME = new Intl.Collator('en')
