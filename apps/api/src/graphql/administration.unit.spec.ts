import { describe, expect, it } from 'vitest'
import { anAgent } from './testing/fake-read-models.ts'
import { aViewer, codeOf, globalId, graphQLClient } from './testing/graphql-client.ts'

const ADMIN = aViewer('admin')
const BY = { accountId: 'account-admin' }
const OUTCOME = '{ __typename ... on Refusal { code } }'
const PASSWORD = '{ __typename ... on OneTimePassword { email oneTimePassword } ... on Refusal { code } }'
const ACCOUNT = '{ name: "Sofia", role: AGENT, skills: ["billing"] }'
const QUEUE =
  '{ name: "Billing", requiredSkills: ["billing"], offerTimeoutSeconds: 20, wrapUpSeconds: 60, entryPoints: ["06 5550"] }'

describe('what an administrator does', () => {
  it('names accounts by their own ids and queues by their global ones, and speaks for its own account', async () => {
    const client = graphQLClient()
    client.administration.answer = { ok: true, email: 'sofia@linfa.example', oneTimePassword: 'abcde' }
    const answer = await client.ask(
      ADMIN,
      `mutation ($q: ID!) {
        addAccount(email: "Sofia@linfa.example", account: ${ACCOUNT}) ${PASSWORD}
        changeAccount(accountId: "a1", account: ${ACCOUNT}) ${OUTCOME}
        giveOneTimePassword(accountId: "a1") ${PASSWORD}
        removeAccount(accountId: "a1") ${OUTCOME}
        addQueue(queue: ${QUEUE}) ${OUTCOME}
        changeQueue(queueId: $q, queue: ${QUEUE}) ${OUTCOME}
      }`,
      { q: globalId('Queue', 'billing') },
    )
    const account = { name: 'Sofia', role: 'agent', skills: ['billing'] }
    const queue = {
      name: 'Billing',
      requiredSkills: ['billing'],
      offerTimeoutSeconds: 20,
      wrapUpSeconds: 60,
      entryPoints: ['06 5550'],
    }
    expect(client.administration.called).toEqual([
      { action: 'addAccount', arguments: [BY, 'Sofia@linfa.example', account] },
      { action: 'changeAccount', arguments: [BY, 'a1', account] },
      { action: 'giveOneTimePassword', arguments: [BY, 'a1'] },
      { action: 'removeAccount', arguments: [BY, 'a1'] },
      { action: 'addQueue', arguments: [BY, queue] },
      { action: 'changeQueue', arguments: [BY, 'billing', queue] },
    ])
    const told = { __typename: 'OneTimePassword', email: 'sofia@linfa.example', oneTimePassword: 'abcde' }
    expect(answer.data).toMatchObject({ addAccount: told, giveOneTimePassword: told })
    expect(answer.data).toMatchObject({ changeAccount: { __typename: 'Done' } })
  })

  it('is answered with the refusal of the rule that forbids it', async () => {
    const client = graphQLClient()
    client.administration.answer = { ok: false, code: 'EMAIL_TAKEN' }
    const answer = await client.ask(
      ADMIN,
      `mutation { addAccount(email: "x", account: ${ACCOUNT}) ${PASSWORD} }`,
    )
    expect(answer).toEqual({ data: { addAccount: { __typename: 'Refusal', code: 'EMAIL_TAKEN' } } })
  })

  it('is refused clearly when there is no room on the disk, and the operator hears of it', async () => {
    const client = graphQLClient()
    client.administration.answer = Object.assign(new Error('disk'), { code: 'DISK_FULL' })
    const answer = await client.ask(ADMIN, `mutation { addQueue(queue: ${QUEUE}) ${OUTCOME} }`)
    expect(answer).toEqual({ data: { addQueue: { __typename: 'Refusal', code: 'DISK_FULL' } } })
    expect(client.services.notices.list()).toMatchObject([{ code: 'LOG_REFUSED' }])
  })

  it.each(['agent', 'supervisor', 'marketer', 'auditor'] as const)(
    'is no %s’s to do or to see',
    async (role) => {
      const client = graphQLClient()
      const viewer = aViewer(role)
      expect(codeOf(await client.ask(viewer, `mutation { addQueue(queue: ${QUEUE}) ${OUTCOME} }`))).toBe(
        'FORBIDDEN',
      )
      expect(codeOf(await client.ask(viewer, '{ accounts { id } }'))).toBe('FORBIDDEN')
      expect(client.administration.called).toEqual([])
    },
  )
})

describe('the accounts', () => {
  const question = '{ accounts { id email role passwordStatus agent { name skills } } }'

  it('are listed without anything of their passwords but whether they are theirs yet', async () => {
    const client = graphQLClient()
    expect(await client.ask(ADMIN, question)).toEqual({
      data: {
        accounts: [
          {
            id: 'account-admin',
            email: 'admin@linfa.example',
            role: 'ADMIN',
            passwordStatus: 'ONE_TIME',
            agent: null,
          },
        ],
      },
    })
  })

  it('show the agent behind them while that agent works here', async () => {
    const client = graphQLClient()
    const [account] = await client.administration.accounts()
    if (account === undefined) throw new Error('no account')
    const agent = anAgent()
    const sofia = { ...account, role: 'agent', agentId: agent.agent_id } as const
    const seen = async (entry: typeof account) => {
      Object.assign(client.administration, { accounts: async () => [entry] })
      return (await client.ask(ADMIN, question)).data
    }
    expect(await seen(sofia)).toMatchObject({
      accounts: [{ agent: { name: 'Sofia Marchetti', skills: ['billing'] } }],
    })
    expect(await seen({ ...sofia, role: 'supervisor' })).toMatchObject({ accounts: [{ agent: null }] })
    client.readModels.rows.agents = [{ ...agent, left_at: agent.presence_since }]
    expect(await seen(sofia)).toMatchObject({ accounts: [{ agent: null }] })
  })
})
