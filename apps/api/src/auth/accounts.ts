import { type InThread, openDatabaseThread } from '../side-files/database-thread.ts'
import type { AccountsDatabase } from './accounts-database.ts'

/** The accounts file in its thread. */
export type Accounts = InThread<AccountsDatabase>

/** Opens `path` in a thread of its own. Rejects when the file is not ours. `onLost` hears of a thread that died. */
export const openAccounts = (path: string, onLost: (error: Error) => void): Promise<Accounts> =>
  openDatabaseThread<AccountsDatabase>({
    module: new URL('./accounts-worker.ts', import.meta.url),
    path,
    name: 'accounts',
    onLost,
    methods: {
      addAccount: true,
      accountByEmail: true,
      accountById: true,
      accounts: true,
      accountCount: true,
      changeAccount: true,
      setPassword: true,
      setOneTimePassword: true,
      removeAccount: true,
      addSession: true,
      sessionIds: true,
      session: true,
      touchSession: true,
      endSession: true,
      endSessionsOf: true,
      endExpiredSessions: true,
      addApiClient: true,
      apiClientById: true,
      apiClients: true,
      removeApiClient: true,
    },
  })
