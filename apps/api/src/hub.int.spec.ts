import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEventStore } from '@centralino/event-store'
import { canMount, mountSmallDisk } from '@centralino/event-store/testing'
import { createSoftPhone, workerBinary } from '@centralino/telephony/testing'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { FIRST_ADMIN_EMAIL } from './auth/first-admin.ts'
import { replay } from './cli/replay.ts'
import { parseConfig } from './config.ts'
import { DEMO_NUMBERS } from './demo/people.ts'
import { type Hub, startHub } from './hub.ts'
import { failureText, PartFailed } from './startup/failure.ts'
import { runningHub } from './startup/hub-file.ts'

const worker = workerBinary()
const MOUNTS = canMount()

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const configOf = (env: Record<string, string> = {}) =>
  parseConfig({
    HUB_DATA_DIR: folder,
    HUB_HTTP_PORT: '0',
    HUB_SIP_PORT: '0',
    HUB_RTP_PORTS: '24000-24199',
    HUB_WEBRTC_PORTS: '24200-24399',
    MEDIASOUP_WORKER_BIN: worker.path ?? '',
    ...env,
  })

const start = (env: Record<string, string> = {}): Promise<Hub> =>
  startHub({
    config: configOf(env),
    log: pino({ level: 'silent' }),
    consoleFolder: join(folder, 'no-console'),
    onProgress: () => {},
  })

const post = async (hub: Hub, path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${hub.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: hub.url, ...headers },
    body: JSON.stringify(body),
  })

const signIn = async (hub: Hub, email: string): Promise<string> => {
  const response = await post(hub, '/auth/sign-in', { email, password: 'linfa-demo' })
  expect(response.status).toBe(204)
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

const ask = async (hub: Hub, cookie: string, query: string): Promise<unknown> =>
  (await post(hub, '/graphql', { query }, { cookie })).json()

/** Resolves with the first event of the subscription whose text has `word` in it. */
const eventWith = async (hub: Hub, cookie: string, query: string, word: string): Promise<string> => {
  const response = await post(hub, '/graphql', { query }, { cookie, accept: 'text/event-stream' })
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.includes(word)) return text
  }
  throw new Error('the subscription ended')
}

const openLine = async (hub: Hub, cookie: string): Promise<WebSocket> => {
  const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/voice`, {
    origin: hub.url,
    headers: { cookie },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return socket
}

const typesIn = async (): Promise<string[]> => {
  await using store = await openEventStore(configOf().eventStoreUrl, { readOnly: true })
  const types: string[] = []
  for await (const event of store.readAll()) types.push(event.type)
  return types
}

describe.skipIf(worker.path === null)('the hub (needs mediasoup’s worker)', () => {
  it('offers a call to the agent who is ready, with the customer, and ends it with a cause when it is stopped', async () => {
    const hub = await start()
    expect(await runningHub(folder)).toMatchObject({ pid: process.pid, sip: hub.sip })
    const cookie = await signIn(hub, 'sofia@linfa.example')
    const line = await openLine(hub, cookie)
    expect(await ask(hub, cookie, 'mutation { becomeReady { __typename } }')).toEqual({
      data: { becomeReady: { __typename: 'Done' } },
    })
    const offered = eventWith(
      hub,
      cookie,
      'subscription { desk { offer { interaction { customer { name } candidates { customer { name } } } } } }',
      'Giulia Ferrante',
    )
    await using phone = await createSoftPhone({
      number: '+39065550142',
      rtpPorts: { min: 24_400, max: 24_499 },
    })
    const call = await phone.call(`sip:+390655500100@${hub.sip.address}:${hub.sip.port}`)
    await call.answered
    expect(await offered).toContain('Marco Ferrante')
    line.close()

    await hub[Symbol.asyncDispose]()
    expect(await call.ended).toMatchObject({ how: 'bye', by: 'peer' })
    expect(await runningHub(folder)).toBeNull()
    const types = await typesIn()
    expect(types.slice(types.lastIndexOf('CallReceived'))).toEqual(
      expect.arrayContaining(['WorkOffered', 'InteractionOffered', 'LegEnded', 'CallEnded']),
    )
  })

  it('closes the line of who signs out at once, and their caller is offered to the next agent', async () => {
    await using hub = await start()
    const sofia = await signIn(hub, 'sofia@linfa.example')
    const line = await openLine(hub, sofia)
    const closed = new Promise<number>((resolve) => line.once('close', resolve))
    await ask(hub, sofia, 'mutation { becomeReady { __typename } }')
    const offered = eventWith(hub, sofia, 'subscription { desk { offer { id } } }', '"id"')
    await using phone = await createSoftPhone({
      number: '+39065550142',
      rtpPorts: { min: 24_400, max: 24_499 },
    })
    const call = await phone.call(`sip:+390655500100@${hub.sip.address}:${hub.sip.port}`)
    const offerId = /"id":"([^"]+)"/.exec(await offered)?.[1]
    expect(
      await ask(hub, sofia, `mutation { acceptOffer(offerId: "${offerId}") { __typename } }`),
    ).toMatchObject({ data: { acceptOffer: { __typename: 'Done' } } })

    const luca = await signIn(hub, 'luca@linfa.example')
    const otherLine = await openLine(hub, luca)
    await ask(hub, luca, 'mutation { becomeReady { __typename } }')
    const again = eventWith(hub, luca, 'subscription { desk { offer { id } } }', '"id"')
    expect((await post(hub, '/auth/sign-out', {}, { cookie: sofia })).status).toBe(204)
    expect(await closed).toBe(4401)
    await again
    expect(await typesIn()).toContain('InteractionReturnedToQueue')
    call.hangUp()
    otherLine.close()
  })

  it('goes on where it stopped, and its read models are those that the log gives', async () => {
    {
      await using _first = await start()
    }
    const before = await typesIn()
    await using hub = await start()
    const cookie = await signIn(hub, 'elena@linfa.example')
    expect(
      JSON.stringify(await ask(hub, cookie, '{ customers(first: 1) { edges { node { name } } } }')),
    ).toContain('Amelia Whitcombe')
    expect((await typesIn()).slice(0, before.length)).toEqual(before)
    const said: string[] = []
    expect(await replay.run([], { config: configOf(), say: (text) => said.push(text) })).toBe(0)
    expect(said.at(-1)).toBe('Equal: every row of every read model.')
  })

  it('makes one administrator in production, once, and no demo', async () => {
    const env = { HUB_MODE: 'production', HUB_SECRET: 'x'.repeat(40) }
    {
      await using hub = await start(env)
      expect(hub.firstAdmin?.oneTimePassword).toMatch(/^[a-z2-9-]{23}$/)
      const email = hub.firstAdmin?.email
      const password = hub.firstAdmin?.oneTimePassword
      expect((await post(hub, '/auth/sign-in', { email, password })).status).toBe(403)
      const newPassword = 'one of my own choosing'
      expect((await post(hub, '/auth/change-password', { email, password, newPassword })).status).toBe(204)
      expect(
        (await post(hub, '/auth/sign-in', { email: 'sofia@linfa.example', password: 'linfa-demo' })).status,
      ).toBe(401)
    }
    await using again = await start(env)
    expect(again.firstAdmin).toBeNull()
    expect(await typesIn()).toEqual(['FloorDayOpened'])
  })

  it('does not go into production on what a demo made, whose logins everybody knows', async () => {
    await (await start())[Symbol.asyncDispose]()
    const refused = await start({ HUB_MODE: 'production', HUB_SECRET: 'x'.repeat(40) }).catch(failureText)
    expect(refused).toContain('its logins are public')
    expect(refused).toContain('HUB_DATA_DIR')
  })

  it('makes the administrator when nothing can fail any more, so that a start that failed tells them at the next', async () => {
    const env = { HUB_MODE: 'production', HUB_SECRET: 'x'.repeat(40) }
    const taken = createSocket('udp4').bind(0, '127.0.0.1')
    await once(taken, 'listening')
    const failed = await start({ ...env, HUB_SIP_PORT: String(taken.address().port) }).catch(failureText)
    expect(failed).toContain('Another program receives on port')
    taken.close()
    await using hub = await start(env)
    expect(hub.firstAdmin?.oneTimePassword).not.toBeNull()
    expect(hub.firstAdmin?.email).toBe(FIRST_ADMIN_EMAIL)
  })

  it.skipIf(!MOUNTS)(
    `says at once that it takes nothing while the disk is full, and takes all when there is room${MOUNTS ? '' : ' (left out: mounting a small disk takes root on Linux)'}`,
    async () => {
      const disk = mountSmallDisk(64 * 1_048_576)
      if (disk === null) throw new Error('a disk could be mounted a moment ago')
      onTestFinished(() => disk.remove())
      await using hub = await start({ HUB_DATA_DIR: join(disk.folder, 'data') })
      const ready = async () => (await fetch(`${hub.url}/healthz`)).status
      expect(await ready()).toBe(200)
      const { bavail, bsize } = statfsSync(disk.folder)
      writeFileSync(join(disk.folder, 'ballast'), Buffer.alloc((bavail - 1) * bsize))
      await expect.poll(ready, { timeout: 10_000 }).toBe(503)
      await using phone = await createSoftPhone({ number: '+390655501421' })
      const call = await phone.call(`sip:${DEMO_NUMBERS[0].number}@${hub.sip.address}:${hub.sip.port}`)
      expect(await call.ended).toMatchObject({ how: 'refused', sipStatus: 503 })
      truncateSync(join(disk.folder, 'ballast'))
      await expect.poll(ready, { timeout: 10_000 }).toBe(200)
      await signIn(hub, 'nadia@linfa.example')
    },
  )

  it('leaves a hub alone that runs on the same data, and says what to do', async () => {
    await using first = await start()
    const refused = await start().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(PartFailed)
    expect(failureText(refused)).toMatch(/the log[\s\S]*Another hub runs on this data folder/)
    expect(await (await fetch(`${first.url}/healthz`)).json()).toEqual({ status: 'ready' })
    expect(await runningHub(folder)).not.toBeNull()
  })

  it.each([
    ['HUB_HTTP_PORT', 'the console', (hub: Hub) => new URL(hub.url).port],
    ['HUB_SIP_PORT', 'Another program receives on port', (hub: Hub) => String(hub.sip.port)],
  ])('names the part whose port is taken (%s) and leaves nothing running', async (name, part, portOf) => {
    await using first = await start()
    const other = join(folder, 'other')
    const refused = await start({ HUB_DATA_DIR: other, [name]: portOf(first) }).catch(
      (error: unknown) => error,
    )
    expect(failureText(refused)).toContain(part)
    expect(failureText(refused)).toContain(name)
    expect(existsSync(join(other, 'hub.json'))).toBe(false)
    await using store = await openEventStore(configOf({ HUB_DATA_DIR: other }).eventStoreUrl)
    expect(store).toBeDefined()
  })
})
