import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type AccountsDatabase, openAccountsDatabase } from '../auth/accounts-database.ts'
import type { Config } from '../config.ts'
import { CannotDo } from './command.ts'

/** The accounts file itself, so that a command works beside a running hub and without one. The caller closes it. */
export const openAccounts = ({ dataDir }: Config): AccountsDatabase => {
  const path = join(dataDir, 'accounts.db')
  if (!existsSync(path)) {
    throw new CannotDo(
      `There are no accounts at ${path}. Start the hub once (npm start), or set HUB_DATA_DIR.`,
    )
  }
  try {
    return openAccountsDatabase(path)
  } catch (error) {
    throw new CannotDo(`${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  }
}
