import type { QueueId, QueueRefusal, QueueSettings } from '@centralino/domain'
import type { Account } from '../auth/account.ts'
import type { Role } from '../auth/roles.ts'
import type { Outcome, Refused } from '../commands/outcome.ts'

/** The administrator who asks. */
export type Administrator = { readonly accountId: string }

/** An account as administrators see it: all but the password. */
export type AccountEntry = Omit<Account, 'passwordHash'>

export type AccountSettings = {
  /** Trimmed, 1 to 200 characters. */
  readonly name: string
  readonly role: Role
  /** Of an agent; nobody else has any, and what is given for them is passed over. */
  readonly skills: readonly string[]
}

/** Every literal code that the administration refuses with; what the store throws comes on top. */
export type AdministrationRefusalCode =
  | QueueRefusal['code']
  | 'EMAIL_INVALID'
  | 'EMAIL_TAKEN'
  | 'NAME_EMPTY'
  | 'NAME_TOO_LONG'
  | 'SKILL_INVALID'
  | 'ACCOUNT_UNKNOWN'
  /** Without an administrator nobody could make another one. */
  | 'LAST_ADMIN'
  /** Nobody removes, demotes or locks out themselves. */
  | 'OWN_ACCOUNT'
  | 'QUEUE_NAME_TAKEN'
  | 'ENTRY_POINT_INVALID'
  | 'ENTRY_POINT_TAKEN'

export type AdministrationRefused = Refused<AdministrationRefusalCode>
export type AdministrationOutcome = Outcome<AdministrationRefusalCode>

/** The password is told now and never again: it is kept as a hash only. */
export type OneTimePasswordOutcome =
  | { readonly ok: true; readonly email: string; readonly oneTimePassword: string }
  | AdministrationRefused

/**
 * What administrators do: who may sign in, who works on the floor, which queues there are and what leads to them. Done means
 * that the read models show it too (waited for up to two seconds). Each throws what the store throws (`DISK_FULL`,
 * `TOO_BUSY` …).
 *
 * An agent is an account and a person on the log. The account is written first and the log second: when the hub dies in
 * between, `changeAccount` with the same values brings the log up to the account. Removing goes the other way round, so that
 * removing again finishes it.
 */
export type Administration = {
  /** Everybody who may sign in, by name. */
  accounts(): Promise<readonly AccountEntry[]>
  addAccount(by: Administrator, email: string, settings: AccountSettings): Promise<OneTimePasswordOutcome>
  /** Another role ends the account's sessions. Who ceases to be an agent leaves the floor and keeps the history. */
  changeAccount(
    by: Administrator,
    accountId: string,
    settings: AccountSettings,
  ): Promise<AdministrationOutcome>
  /** The password until now is void, and all sessions of the account end. */
  giveOneTimePassword(by: Administrator, accountId: string): Promise<OneTimePasswordOutcome>
  removeAccount(by: Administrator, accountId: string): Promise<AdministrationOutcome>
  addQueue(by: Administrator, settings: QueueSettings): Promise<AdministrationOutcome>
  changeQueue(by: Administrator, queueId: QueueId, settings: QueueSettings): Promise<AdministrationOutcome>
}
