import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { workerBinary } from '@centralino/telephony/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { signIn } from '../world/graphql.ts'
import { type HubProcess, startHub } from '../world/hub-process.ts'

const MAIN = fileURLToPath(new URL('../../apps/api/src/main.ts', import.meta.url))

describe.skipIf(workerBinary().path === null)('the front door (needs mediasoup’s worker)', () => {
  let hub: HubProcess
  beforeAll(async () => {
    hub = await startHub()
  })
  afterAll(async () => {
    await hub?.[Symbol.asyncDispose]()
  })

  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${hub.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: hub.url, ...headers },
      body: JSON.stringify(body),
    })

  it('slows down who guesses passwords, counts them, and lets everybody else in', async () => {
    const statuses: number[] = []
    let last: Response | null = null
    for (let n = 0; n < 7; n += 1) {
      last = await post('/auth/sign-in', { email: 'ewa@linfa.example', password: `guess ${n}` })
      statuses.push(last.status)
    }
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401])
    expect(statuses.at(-1)).toBe(429)
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
    // Not even the right password gets in at once.
    const right = await post('/auth/sign-in', { email: 'ewa@linfa.example', password: 'linfa-demo' })
    expect(right.status).toBe(429)
    expect((await signIn(hub.url, 'luca@linfa.example')).cookie).not.toBe('')
    const metrics = await (await fetch(`${hub.url}/metrics`)).text()
    expect(metrics).toMatch(/sign_ins\w*\{outcome="wrong"\} 5/)
    expect(metrics).toMatch(/sign_ins\w*\{outcome="tooManyTries"\} [23]/)
  })

  it('lets no other user of the machine read what it keeps', async () => {
    const entries = readdirSync(hub.dataDir, { recursive: true, encoding: 'utf8' })
    const open = entries.filter((name) => (statSync(join(hub.dataDir, name)).mode & 0o077) !== 0)
    expect(entries).toContain('accounts.db')
    expect(open).toEqual([])
  })

  it('takes nothing from another origin', async () => {
    const { cookie } = await signIn(hub.url, 'elena@linfa.example')
    const elsewhere = { origin: 'https://elsewhere.example', cookie }
    expect((await post('/auth/sign-out', {}, elsewhere)).status).toBe(403)
    expect((await post('/graphql', { query: '{ queues { name } }' }, elsewhere)).status).toBe(403)
    expect((await post('/graphql', { query: '{ queues { name } }' }, { cookie })).status).toBe(200)
  })

  it.each([
    ['nobody', null],
    ['a supervisor', 'elena@linfa.example'],
  ])('gives %s no telephone line', async (_who, email) => {
    const cookie = email === null ? '' : (await signIn(hub.url, email)).cookie
    const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/voice`, {
      headers: { cookie, origin: hub.url },
    })
    const status = await new Promise((resolve) => {
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode))
      socket.once('open', () => resolve('open'))
      socket.once('error', () => {})
    })
    socket.terminate()
    expect(status).toBe(401)
  })

  it.each([
    ['matteo@linfa.example', 'mutation { becomeReady { __typename } }'],
    ['matteo@linfa.example', '{ board { queues { waiting } } }'],
    ['sofia@linfa.example', '{ accounts { email } }'],
    ['elena@linfa.example', '{ accounts { email } }'],
    ['admin@linfa.example', '{ customers(first: 1) { edges { node { name } } } }'],
  ])('keeps %s from %s', async (email, query) => {
    const { cookie } = await signIn(hub.url, email)
    const answer: { errors?: readonly { extensions: { code: string } }[] } = JSON.parse(
      await (await post('/graphql', { query }, { cookie })).text(),
    )
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
  })
})

describe('in production', () => {
  it.each([
    [{}, /HUB_SECRET/],
    [{ HUB_SECRET: 'short' }, /HUB_SECRET/],
  ])('a hub does not start with %j, and names what it wants', (env, wanted) => {
    const folder = mkdtempSync(join(tmpdir(), 'centralino-production-'))
    const { HUB_SECRET: _ours, ...inherited } = process.env
    const started = spawnSync(process.execPath, [MAIN], {
      env: {
        ...inherited,
        HUB_MODE: 'production',
        HUB_DATA_DIR: folder,
        HUB_HTTP_PORT: '0',
        HUB_SIP_PORT: '0',
        ...env,
      },
      encoding: 'utf8',
      timeout: 30_000,
    })
    rmSync(folder, { recursive: true, force: true })
    expect(started.status).toBe(1)
    expect(started.stderr).toMatch(wanted)
  })
})
