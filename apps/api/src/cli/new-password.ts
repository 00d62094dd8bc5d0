import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { credentials } from '../auth/account.ts'
import { type AccountsDatabase, openAccountsDatabase } from '../auth/accounts-database.ts'
import { hashPassword, makeOneTimePassword } from '../auth/password.ts'
import type { Config } from '../config.ts'
import { CannotDo, type Command, UsageError } from './command.ts'

/** Straight in the accounts file, so that it works beside a running hub and without one. */
export const newPassword: Command = {
  summary: 'gives an account a one-time password and ends its sessions, say when the first one was lost',
  usage: 'new-password <e-mail address>',
  async run(args, { config, say }) {
    const [text, ...more] = args
    if (text === undefined || more.length > 0) throw new UsageError('one e-mail address')
    const email = credentials.shape.email.safeParse(text)
    if (!email.success) throw new UsageError('that is no e-mail address')
    const database = openAccounts(config)
    try {
      const account = database.accountByEmail(email.data)
      if (account === null) throw new CannotDo(whoElse(database))
      const oneTimePassword = makeOneTimePassword()
      database.setOneTimePassword(account.accountId, await hashPassword(oneTimePassword))
      say(`  e-mail             ${account.email}`)
      say(`  one-time password  ${oneTimePassword}`)
      say('It is shown this once. Sign in with it and choose a password of your own.')
      say('The password until now is void, and every session of the account has ended.')
      return 0
    } finally {
      database.close()
    }
  },
}

const openAccounts = ({ dataDir }: Config): AccountsDatabase => {
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

/** Who lost a password may have lost the address too. */
const whoElse = (database: AccountsDatabase): string => {
  const admins = database.accounts().filter(({ role }) => role === 'admin')
  return `No account has this address. Administrators: ${admins.map(({ email }) => email).join(', ')}`
}
