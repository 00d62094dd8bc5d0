import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEventStore } from '@centralino/event-store'
import { createSoftPhone, workerBinary } from '@centralino/telephony/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { parseConfig } from '../config.ts'
import { type Hub, startHub } from '../hub.ts'
import { createLogger } from '../observability/logger.ts'

const worker = workerBinary()

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'set-up-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const config = () =>
  parseConfig({
    HUB_MODE: 'production',
    HUB_SECRET: 'x'.repeat(40),
    HUB_DATA_DIR: folder,
    HUB_HTTP_PORT: '0',
    HUB_SIP_PORT: '0',
    HUB_RTP_PORTS: '24500-24599',
    HUB_WEBRTC_PORTS: '24600-24699',
    MEDIASOUP_WORKER_BIN: worker.path ?? '',
  })

/** What the hub logged. */
const logged: string[] = []
const start = (): Promise<Hub> => {
  logged.length = 0
  return startHub({
    config: config(),
    log: createLogger('info', { write: (line) => void logged.push(line) }),
    consoleFolder: join(folder, 'no-console'),
    onProgress: () => {},
  })
}

type Login = { readonly email: string; readonly password: string }

const clientOf = (hub: Hub) => {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${hub.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: hub.url, ...headers },
      body: JSON.stringify(body),
    })
  const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''
  return {
    post,
    /** What is answered to a sign-in: its status and literal code. */
    tries: async (login: Login) => {
      const response = await post('/auth/sign-in', login)
      return { status: response.status, ...(response.status === 204 ? {} : await response.json()) }
    },
    /** Chooses a password of one's own with the one-time one; gives the session's cookie. */
    chooses: async (login: Login, newPassword: string) => {
      const response = await post('/auth/change-password', { ...login, newPassword })
      expect(response.status).toBe(204)
      return cookieOf(response)
    },
    ask: async (cookie: string, query: string, variables: object = {}): Promise<Record<string, unknown>> => {
      const response = await post('/graphql', { query, variables }, { cookie })
      const { data, errors } = await response.json()
      if (errors !== undefined) throw new Error(JSON.stringify(errors))
      return data
    },
    /** Resolves when an offer stands on the agent's desk, with what it says of the queue. */
    offerTo: async (cookie: string): Promise<string> => {
      const query = 'subscription { desk { offer { queue { name } } } }'
      const response = await post('/graphql', { query }, { cookie, accept: 'text/event-stream' })
      const decoder = new TextDecoder()
      let text = ''
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk, { stream: true })
        const offered = /"offer":\{"queue":\{"name":"([^"]+)"/.exec(text)?.[1]
        if (offered !== undefined) return offered
      }
      throw new Error('the subscription ended')
    },
    line: async (cookie: string): Promise<WebSocket> => {
      const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/voice`, {
        origin: hub.url,
        headers: { cookie },
      })
      await new Promise<void>((resolve, reject) => {
        socket.once('open', resolve)
        socket.once('error', reject)
      })
      return socket
    },
  }
}

const ADD_QUEUE =
  'mutation ($queue: QueueInput!) { addQueue(queue: $queue) { __typename ... on Refusal { code } } }'
const ADD_ACCOUNT = `mutation ($email: String!, $account: AccountInput!) {
  addAccount(email: $email, account: $account) { ... on OneTimePassword { email oneTimePassword } }
}`
const QUEUE = {
  name: 'Reception',
  requiredSkills: ['reception'],
  offerTimeoutSeconds: 20,
  wrapUpSeconds: 30,
  entryPoints: ['06 5550 0300'],
}
const EMMA = { name: 'Emma Rossi', role: 'AGENT', skills: ['reception'] }

describe.skipIf(worker.path === null)('a production hub from nothing (needs mediasoup’s worker)', () => {
  it('is set up by its first administrator until a call to the new number is offered to the new agent', async () => {
    await using hub = await start()
    const { post, tries, chooses, ask, offerTo, line } = clientOf(hub)
    const first = { email: hub.firstAdmin?.email ?? '', password: hub.firstAdmin?.oneTimePassword ?? '' }
    expect(await tries(first)).toEqual({ status: 403, code: 'PASSWORD_MUST_CHANGE' })
    const admin = await chooses(first, 'one of my own choosing')

    expect(await ask(admin, ADD_QUEUE, { queue: QUEUE })).toEqual({ addQueue: { __typename: 'Done' } })
    expect(await ask(admin, '{ queues { name entryPoints } }')).toEqual({
      queues: [{ name: 'Reception', entryPoints: ['+390655500300'] }],
    })
    const added = await ask(admin, ADD_ACCOUNT, { email: 'emma@hub.example', account: EMMA })
    expect(await ask(admin, '{ accounts { id name role passwordStatus agent { skills } } }')).toMatchObject({
      accounts: [
        { name: 'Administrator', role: 'ADMIN', passwordStatus: 'SET', agent: null },
        { name: 'Emma Rossi', role: 'AGENT', passwordStatus: 'ONE_TIME', agent: { skills: ['reception'] } },
      ],
    })

    const { email, oneTimePassword } = added['addAccount'] as { email: string; oneTimePassword: string }
    const emma = { email, password: oneTimePassword }
    expect(await tries(emma)).toEqual({ status: 403, code: 'PASSWORD_MUST_CHANGE' })
    const agent = await chooses(emma, 'one of her own choosing')
    const phone = await line(agent)
    const ready = await ask(agent, 'mutation { becomeReady { __typename } }')
    expect(ready).toEqual({ becomeReady: { __typename: 'Done' } })

    const offered = offerTo(agent)
    await using caller = await createSoftPhone({
      number: '+48221234567',
      rtpPorts: { min: 24_700, max: 24_799 },
    })
    const call = await caller.call(`sip:0655500300@${hub.sip.address}:${hub.sip.port}`)
    await call.answered
    expect(await offered).toBe('Reception')
    phone.close()

    const { accounts } = await ask(admin, '{ accounts { id email } }')
    const { id } = (accounts as { id: string; email: string }[]).find((one) => one.email === email) ?? {}
    const remove = 'mutation ($id: ID!) { removeAccount(accountId: $id) { __typename } }'
    expect(await ask(admin, remove, { id })).toEqual({ removeAccount: { __typename: 'Done' } })
    expect(await tries({ email, password: 'one of her own choosing' })).toMatchObject({ status: 401 })
    const question = { query: '{ me { name } }' }
    expect(await (await post('/graphql', question, { cookie: agent })).json()).toEqual({ data: { me: null } })
    const figures = await (await fetch(`${hub.url}/metrics`)).text()
    for (const labels of [
      'action="addAccount",outcome="done"} 1',
      'action="removeAccount",outcome="done"} 1',
    ])
      expect(figures).toContain(`centralino_administration_actions_total{${labels}`)
    expect(figures).toContain('centralino_sign_ins_total{outcome="oneTimePassword"} 2')
  })
})

describe.skipIf(worker.path === null)('what is written down of a set-up (needs mediasoup’s worker)', () => {
  it('names the administrator by id, and no address, number or name in the hub’s own log lines', async () => {
    {
      await using hub = await start()
      const { chooses, ask } = clientOf(hub)
      const first = { email: hub.firstAdmin?.email ?? '', password: hub.firstAdmin?.oneTimePassword ?? '' }
      const admin = await chooses(first, 'one of my own choosing')
      await ask(admin, ADD_QUEUE, { queue: QUEUE })
      await ask(admin, ADD_ACCOUNT, { email: 'emma@hub.example', account: EMMA })
    }
    await using store = await openEventStore(config().eventStoreUrl, { readOnly: true })
    const events = []
    for await (const event of store.readAll()) events.push(event)
    expect(events.map(({ type, metadata }) => [type, metadata.actor.kind])).toEqual([
      ['FloorDayOpened', 'system'],
      ['QueueDefined', 'user'],
      ['AgentHired', 'user'],
    ])
    const text = JSON.stringify(events.map(({ data, metadata }) => ({ data, metadata })))
    expect(text).not.toContain('emma@hub.example')
    const lines = logged.join('')
    expect(lines).toMatch(
      /"action":"addAccount","by":"[0-9a-f-]{36}","about":"[0-9a-f-]{36}","outcome":"done"/,
    )
    for (const word of ['emma', 'Emma', 'Rossi', 'hub.example', '+3906']) expect(lines).not.toContain(word)
  })
})
