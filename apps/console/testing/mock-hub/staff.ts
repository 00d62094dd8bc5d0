import type { Made } from './people.ts'

/** What the signed-in person's account is called in `me`. */
export const OWN_ACCOUNT = 'account'

type Agent = Made['agents']['sofia']
type Account = {
  readonly id: string
  readonly email: string
  name: string
  role: string
  passwordStatus: 'SET' | 'ONE_TIME'
  readonly createdAt: string
  agent: Pick<Agent, 'id' | 'skills'> | null
}
type AccountInput = { name: string; role: string; skills: string[] }
type QueueInput = {
  name: string
  requiredSkills: string[]
  offerTimeoutSeconds: number
  wrapUpSeconds: number
  entryPoints: string[]
}

const CREATED = '2026-03-02T08:00:00.000Z'
const mailOf = (name: string) => `${name.toLowerCase().replaceAll(' ', '.')}@linfa.example`

/** Who may sign in: on the first day nobody but the administrator. */
export function makeAccounts({ agents }: Made, isFirstDay: boolean): Account[] {
  const account = (name: string, role: string, agent: Agent | null = null): Account => ({
    id: role === 'ADMIN' ? OWN_ACCOUNT : `account-${name}`,
    email: mailOf(name),
    name,
    role,
    passwordStatus: name.startsWith('Karol') ? 'ONE_TIME' : 'SET',
    createdAt: CREATED,
    agent,
  })
  const admin = account('Chiara Greco', 'ADMIN')
  if (isFirstDay) return [admin]
  return [
    admin,
    account('Aleksandra Wojciechowska-Zawadzka', 'SUPERVISOR'),
    account('Marta Lombardi', 'MARKETER'),
    account('Oliver Hughes', 'AUDITOR'),
    ...Object.values(agents).map((agent) => account(agent.name, 'AGENT', agent)),
  ].sort((a, b) => a.name.localeCompare(b.name))
}

export type StaffWorld = { accounts: Account[]; queueList: Made['queues']['billing'][] }

const done = { __typename: 'Done', ok: true }
const refused = (code: string) => ({ __typename: 'Refusal', code })
const oneTime = ({ email }: Pick<Account, 'email'>) => ({
  __typename: 'OneTimePassword',
  email,
  oneTimePassword: 'kd7mq-x3tpa-9hzre-w4cnb',
})

/** What administrators order, done to the fixed world, with the refusals that a person meets. */
export function administrationOf(world: StaffWorld) {
  const find = (id: string) => world.accounts.find((one) => one.id === id)
  const agentOf = (id: string, { role, skills }: AccountInput) => (role === 'AGENT' ? { id, skills } : null)
  const clashOf = (queueId: string | null, { name, entryPoints }: QueueInput) => {
    const others = world.queueList.filter(({ id }) => id !== queueId)
    if (others.some((one) => one.name === name)) return refused('QUEUE_NAME_TAKEN')
    return others.some((one) => one.entryPoints.some((point) => entryPoints.includes(point)))
      ? refused('ENTRY_POINT_TAKEN')
      : null
  }
  const shown = (queue: QueueInput) => ({ ...queue, entryPointsDisplay: queue.entryPoints })
  return {
    accounts: () => world.accounts,
    addAccount: ({ email, account }: { email: string; account: AccountInput }) => {
      if (!/.@.+\../.test(email)) return refused('EMAIL_INVALID')
      if (world.accounts.some((one) => one.email === email)) return refused('EMAIL_TAKEN')
      const id = `account-${email}`
      const { name, role } = account
      const agent = agentOf(id, account)
      const added = { id, email, name, role, passwordStatus: 'ONE_TIME', createdAt: CREATED, agent } as const
      world.accounts = [...world.accounts, added].sort((a, b) => a.name.localeCompare(b.name))
      return oneTime(added)
    },
    changeAccount: ({ accountId, account }: { accountId: string; account: AccountInput }) => {
      const found = find(accountId)
      if (!found) return refused('ACCOUNT_UNKNOWN')
      const { name, role } = account
      Object.assign(found, { name, role, agent: agentOf(accountId, account) })
      return done
    },
    giveOneTimePassword: ({ accountId }: { accountId: string }) => {
      const found = find(accountId)
      if (!found) return refused('ACCOUNT_UNKNOWN')
      found.passwordStatus = 'ONE_TIME'
      return oneTime(found)
    },
    removeAccount: ({ accountId }: { accountId: string }) => {
      if (!find(accountId)) return refused('ACCOUNT_UNKNOWN')
      world.accounts = world.accounts.filter(({ id }) => id !== accountId)
      return done
    },
    addQueue: ({ queue }: { queue: QueueInput }) => {
      const clash = clashOf(null, queue)
      if (clash) return clash
      const id = `queue-${world.queueList.length}`
      world.queueList = [...world.queueList, { __typename: 'Queue', id, ...shown(queue) }]
      return done
    },
    changeQueue: ({ queueId, queue }: { queueId: string; queue: QueueInput }) => {
      const clash = clashOf(queueId, queue)
      if (clash) return clash
      world.queueList = world.queueList.map((one) => (one.id === queueId ? { ...one, ...shown(queue) } : one))
      return done
    },
  }
}
