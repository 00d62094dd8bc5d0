import { randomUUID } from 'node:crypto'
import { parseInstant } from '@centralino/domain'
import type { Account } from '../account.ts'
import type { Accounts } from '../accounts.ts'
import { openAccountsDatabase } from '../accounts-database.ts'
import { hashPassword } from '../password.ts'

/** The real database, in memory and without its worker. */
export const inMemoryAccounts = (): Accounts => {
  const database = openAccountsDatabase(':memory:')
  return {
    addAccount: async (account) => database.addAccount(account),
    accountByEmail: async (email) => database.accountByEmail(email),
    accountById: async (accountId) => database.accountById(accountId),
    accounts: async () => database.accounts(),
    accountCount: async () => database.accountCount(),
    changeAccount: async (accountId, to) => database.changeAccount(accountId, to),
    setPassword: async (accountId, hash, oldHash) => database.setPassword(accountId, hash, oldHash),
    setOneTimePassword: async (accountId, hash) => database.setOneTimePassword(accountId, hash),
    removeAccount: async (accountId) => database.removeAccount(accountId),
    addSession: async (session, hash) => database.addSession(session, hash),
    sessionIds: async () => database.sessionIds(),
    session: async (sessionId) => database.session(sessionId),
    touchSession: async (sessionId, at) => database.touchSession(sessionId, at),
    endSession: async (sessionId) => database.endSession(sessionId),
    endSessionsOf: async (accountId) => database.endSessionsOf(accountId),
    endExpiredSessions: async (seen, created) => database.endExpiredSessions(seen, created),
    addApiClient: async (client) => database.addApiClient(client),
    apiClientById: async (clientId) => database.apiClientById(clientId),
    apiClients: async () => database.apiClients(),
    removeApiClient: async (name) => database.removeApiClient(name),
    [Symbol.asyncDispose]: async () => database.close(),
  }
}

/** An agent's account; `password` is hashed for real. */
export const makeAccount = async (given: Partial<Account> & { password: string }): Promise<Account> => {
  const { password, ...rest } = given
  return {
    accountId: randomUUID(),
    email: 'sofia@linfa.example',
    name: 'Sofia Marchetti',
    role: 'agent',
    agentId: null,
    locale: null,
    passwordStatus: 'set',
    createdAt: parseInstant('2026-11-24T05:00:00Z'),
    ...rest,
    passwordHash: await hashPassword(password),
  }
}
