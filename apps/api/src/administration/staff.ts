import { randomUUID } from 'node:crypto'
import { type AgentId, agentStream, type EventId, type Instant, parseId } from '@centralino/domain'
import { uuidv7 } from '@centralino/event-store'
import type { Account } from '../auth/account.ts'
import type { Accounts } from '../auth/accounts.ts'
import { hashPassword, makeOneTimePassword } from '../auth/password.ts'
import type { Sessions } from '../auth/sessions.ts'
import { afresh } from '../commands/because.ts'
import type { CommandHandlers } from '../commands/command-handlers.ts'
import { type Acted, acted, refused } from './acted.ts'
import type {
  AccountSettings,
  AdministrationOutcome,
  AdministrationRefusalCode,
  Administrator,
  OneTimePasswordOutcome,
} from './administration.ts'
import { toAccountSettings, toEmail } from './to-settings.ts'

export type StaffRooms = {
  readonly accounts: Accounts
  readonly sessions: Pick<Sessions, 'tellEnded'>
  readonly handlers: Pick<CommandHandlers, 'agent'>
  readonly now: () => Instant
}

type OnTheFloor = Pick<Account, 'agentId' | 'name' | 'role'>

/** Accounts, and the agents behind some of them. One action at a time: whoever calls sees to that. */
export const createStaff = ({ accounts, sessions, handlers, now }: StaffRooms) => {
  /**
   * Brings the log up to the account, from wherever it stands. Gives the last event that this took; null when the log said
   * so already.
   */
  const tellLog = async (
    by: Administrator,
    { agentId, name, role }: OnTheFloor,
    skills: readonly string[],
  ): Promise<EventId | null> => {
    if (agentId === null) return null
    const context = afresh({ kind: 'user', id: by.accountId })
    const at = now()
    if (role !== 'agent') return letGo(by, agentId)
    const { status } = await handlers.agent.state(agentStream(agentId))
    const type = status === 'employed' ? 'ChangeAgentProfile' : 'HireAgent'
    const handled = await handlers.agent.handle({ type, agentId, profile: { name, skills }, at }, context)
    if (handled.outcome === 'refused') throw new Error(`${type} was refused: ${handled.refusal.code}`)
    return handled.events.at(-1)?.id ?? null
  }

  /** Who never came to be on the log is refused as unknown, and is gone all the same. */
  const letGo = async (by: Administrator, agentId: AgentId): Promise<EventId | null> => {
    const command = { type: 'LetAgentGo', agentId, at: now() } as const
    const handled = await handlers.agent.handle(command, afresh({ kind: 'user', id: by.accountId }))
    return handled.outcome === 'accepted' ? (handled.events.at(-1)?.id ?? null) : null
  }

  /** Why this administrator may not cease to be one; null: no reason. */
  const whyKept = async (by: Administrator, account: Account): Promise<AdministrationRefusalCode | null> => {
    const admins = (await accounts.accounts()).filter(({ role }) => role === 'admin')
    if (account.role === 'admin' && admins.length === 1) return 'LAST_ADMIN'
    return account.accountId === by.accountId ? 'OWN_ACCOUNT' : null
  }

  return {
    addAccount: async (
      by: Administrator,
      text: string,
      given: AccountSettings,
    ): Promise<Acted<OneTimePasswordOutcome>> => {
      const email = toEmail(text)
      if (!email.ok) return refused(email.code)
      const settings = toAccountSettings(given)
      if (!settings.ok) return refused(settings.code)
      const { name, role, skills } = settings.value
      const oneTimePassword = makeOneTimePassword()
      const account: Account = {
        accountId: randomUUID(),
        email: email.value,
        name,
        role,
        agentId: role === 'agent' ? newAgentId() : null,
        locale: null,
        passwordHash: await hashPassword(oneTimePassword),
        passwordStatus: 'oneTime',
        createdAt: now(),
      }
      if (!(await accounts.addAccount(account))) return refused('EMAIL_TAKEN')
      const appended = await tellLog(by, account, skills)
      return acted({ ok: true, email: email.value, oneTimePassword }, account.accountId, appended)
    },

    changeAccount: async (
      by: Administrator,
      accountId: string,
      given: AccountSettings,
    ): Promise<Acted<AdministrationOutcome>> => {
      const account = await accounts.accountById(accountId)
      if (account === null) return refused('ACCOUNT_UNKNOWN')
      const settings = toAccountSettings(given)
      if (!settings.ok) return refused(settings.code)
      const { name, role, skills } = settings.value
      const kept = account.role === 'admin' && role !== 'admin' ? await whyKept(by, account) : null
      if (kept !== null) return refused(kept, accountId)
      const agentId = account.agentId ?? (role === 'agent' ? newAgentId() : null)
      const ended = await accounts.changeAccount(accountId, { name, role, agentId })
      sessions.tellEnded(ended ?? [])
      return acted({ ok: true }, accountId, await tellLog(by, { agentId, name, role }, skills))
    },

    giveOneTimePassword: async (
      by: Administrator,
      accountId: string,
    ): Promise<Acted<OneTimePasswordOutcome>> => {
      const account = await accounts.accountById(accountId)
      if (account === null) return refused('ACCOUNT_UNKNOWN')
      if (accountId === by.accountId) return refused('OWN_ACCOUNT', accountId)
      const oneTimePassword = makeOneTimePassword()
      const ended = await accounts.setOneTimePassword(accountId, await hashPassword(oneTimePassword))
      sessions.tellEnded(ended ?? [])
      return acted({ ok: true, email: account.email, oneTimePassword }, accountId, null)
    },

    removeAccount: async (by: Administrator, accountId: string): Promise<Acted<AdministrationOutcome>> => {
      const account = await accounts.accountById(accountId)
      if (account === null) return refused('ACCOUNT_UNKNOWN')
      const kept = await whyKept(by, account)
      if (kept !== null) return refused(kept, accountId)
      // The log first: without the account nobody could ask for it again.
      const appended = account.agentId === null ? null : await letGo(by, account.agentId)
      sessions.tellEnded((await accounts.removeAccount(accountId)) ?? [])
      return acted({ ok: true }, accountId, appended)
    },
  }
}

const newAgentId = (): AgentId => parseId('agent', uuidv7())
