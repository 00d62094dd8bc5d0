import { credentials } from '../auth/account.ts'
import type { AccountsDatabase } from '../auth/accounts-database.ts'
import { hashPassword, makeOneTimePassword } from '../auth/password.ts'
import { CannotDo, type Command, UsageError } from './command.ts'
import { openAccounts } from './open-accounts.ts'

/** Straight in the accounts file, so that it works beside a running hub and without one. */
export const newPassword: Command = {
  summary: 'gives an account a one-time password and ends its sessions, say when the first one was lost',
  usage: 'new-password <e-mail address>',
  async run(args, { config, say }) {
    const [text, ...more] = args
    if (text === undefined || more.length > 0) throw new UsageError('one e-mail address')
    const email = credentials.shape.email.safeParse(text)
    if (!email.success) throw new UsageError('that is no e-mail address')
    using database = openAccounts(config)
    const account = database.accountByEmail(email.data)
    if (account === null) throw new CannotDo(whoElse(database))
    const oneTimePassword = makeOneTimePassword()
    database.setOneTimePassword(account.accountId, await hashPassword(oneTimePassword))
    say(`  e-mail             ${account.email}`)
    say(`  one-time password  ${oneTimePassword}`)
    say('It is shown this once. Sign in with it and choose a password of your own.')
    say('The password until now is void, and every session of the account has ended.')
    return 0
  },
}

/** Who lost a password may have lost the address too. */
const whoElse = (database: AccountsDatabase): string => {
  const admins = database.accounts().filter(({ role }) => role === 'admin')
  return `No account has this address. Administrators: ${admins.map(({ email }) => email).join(', ')}`
}
