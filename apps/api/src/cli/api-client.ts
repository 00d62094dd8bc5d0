import { parseArgs } from 'node:util'
import { toInstant } from '@centralino/domain'
import { type ApiClient, apiClientName } from '../auth/api-client.ts'
import { apiClientIdOf, makeApiToken } from '../auth/api-tokens.ts'
import { CannotDo, type Command, type CommandIO, UsageError } from './command.ts'
import { openAccounts } from './open-accounts.ts'
import { tableOf, timeOf } from './table.ts'

/** Straight in the accounts file, as `new-password`: a running hub ends a revoked client's streams within seconds. */
export const apiClient: Command = {
  summary: 'lets another system read the events (docs/feed.md), or no longer',
  usage: `api-client add NAME [--personal]
  npm run hub -- api-client list
  npm run hub -- api-client revoke NAME`,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { personal: { type: 'boolean', default: false } },
      allowPositionals: true,
      strict: true,
    })
    const [what, name, ...more] = positionals
    if (more.length > 0) throw new UsageError('more arguments than one takes')
    if (values.personal && what !== 'add') throw new UsageError('--personal goes with add')
    switch (what) {
      case 'add':
        return add(nameOf(name), values.personal, io)
      case 'list':
        if (name !== undefined) throw new UsageError('list takes no name')
        return list(io)
      case 'revoke':
        return revoke(nameOf(name), io)
      default:
        throw new UsageError('one of add, list and revoke')
    }
  },
}

const nameOf = (text: string | undefined): string => {
  const name = apiClientName.safeParse(text)
  if (!name.success) throw new UsageError('a name of letters, digits and . _ -, at most 63')
  return name.data
}

const add = (name: string, personal: boolean, { config, say }: CommandIO): number => {
  using database = openAccounts(config)
  const token = makeApiToken()
  const client: ApiClient = {
    name,
    clientId: apiClientIdOf(token, config.secret),
    scopes: personal ? ['events:read', 'events:personal'] : ['events:read'],
    createdAt: toInstant(Temporal.Now.instant()),
  }
  if (!database.addApiClient(client)) {
    throw new CannotDo(
      `There is a client ${name} already, or there are as many as may be: revoke one that is not needed.`,
    )
  }
  say(`  client  ${name}`)
  say(`  scopes  ${client.scopes.join(' ')}`)
  say(`  token   ${token}`)
  say('It is shown this once. GET /events takes it as `Authorization: Bearer …` (docs/feed.md).')
  return 0
}

const list = ({ config, say }: CommandIO): number => {
  using database = openAccounts(config)
  const rows = database
    .apiClients()
    .map(({ name, scopes, createdAt }) => [name, scopes.join(' '), timeOf(createdAt, config.timeZone)])
  if (rows.length === 0) say('No other system reads the events.')
  else for (const line of tableOf(['name', 'scopes', 'since'], rows)) say(line)
  return 0
}

const revoke = (name: string, { config, say }: CommandIO): number => {
  using database = openAccounts(config)
  if (!database.removeApiClient(name)) throw new CannotDo(`There is no client ${name}.`)
  say(`Revoked: the token of ${name} opens nothing any more.`)
  return 0
}
