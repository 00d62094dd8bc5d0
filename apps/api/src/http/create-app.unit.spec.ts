import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, get as httpGet, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { parseInstant } from '@centralino/domain'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSessions } from '../auth/sessions.ts'
import { createSignIn } from '../auth/sign-in.ts'
import { inMemoryAccounts, makeAccount } from '../auth/testing/in-memory-accounts.ts'
import { createGraphQL } from '../graphql/create-yoga.ts'
import { graphQLClient } from '../graphql/testing/graphql-client.ts'
import { createMetrics } from '../observability/metrics.ts'
import { createNotices } from '../observability/notices.ts'
import { createApp } from './create-app.ts'

const SCRIPT = 'self.__next_f.push([1])'
const SHA256 = 'a'.repeat(64)
const PASSWORD = 'linfa-demo'

let folder: string
let server: Server
let base: string
const notices = createNotices({})
const storeFailures: unknown[] = []
let diskIsFull = false

/** As the console's build leaves it. */
const compressed = async (name: string, text: string) => {
  const file = join(folder, name)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  await writeFile(`${file}.br`, brotliCompressSync(text))
  await writeFile(`${file}.gz`, gzipSync(text))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-'))
  await mkdir(join(folder, 'it/desktop'), { recursive: true })
  await mkdir(join(folder, '_next/static'), { recursive: true })
  await writeFile(
    join(folder, 'it/index.html'),
    `<script src="/a.js"></script><script>${SCRIPT}</script><p>ciao`,
  )
  await writeFile(join(folder, 'it/desktop/index.html'), '<p>desktop')
  await writeFile(join(folder, '404.html'), '<p>not here')
  await writeFile(join(folder, '_next/static/a.js'), '1')
  await compressed('_next/static/b.js', 'let b = "a script";')
  await compressed('it/customers/index.html', '<p>clienti')
  const accounts = inMemoryAccounts()
  for (const role of ['agent', 'marketer', 'auditor'] as const) {
    await accounts.addAccount(await makeAccount({ role, email: `${role}@linfa.example`, password: PASSWORD }))
  }
  const metrics = createMetrics()
  const sessions = createSessions({
    accounts: {
      ...accounts,
      addSession: async (...given) => {
        if (diskIsFull) throw Object.assign(new Error('database or disk is full'), { code: 'DISK_FULL' })
        return accounts.addSession(...given)
      },
    },
    secret: 's',
    now: () => parseInstant('2026-11-24T05:00:00Z'),
    onListenerFailure: () => {},
  })
  const app = createApp({
    originRule: { origin: null, loopbackOnly: true },
    https: false,
    behindProxy: false,
    consoleFolder: folder,
    signIn: createSignIn({ accounts, sessions, metrics, notices }),
    sessions,
    graphql: createGraphQL({ ...graphQLClient().services, onSessionEnded: sessions.onEnded }),
    feed: { handler: (_request, response) => void response.sendStatus(204) },
    blobs: {
      size: async (sha256) => (sha256 === SHA256 ? 3 : null),
      get: async (sha256) => (sha256 === SHA256 ? Readable.from([Buffer.from('pdf')]) : null),
    },
    isReady: () => true,
    onStoreFailure: (error) => storeFailures.push(error),
    metrics,
    notices,
    log: pino({ level: 'silent' }),
  })
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true })
})

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const signIn = async (role: string): Promise<string> => {
  const response = await post('/auth/sign-in', { email: `${role}@linfa.example`, password: PASSWORD })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

it('leaves the feed to its own tokens: no session, no origin, and nothing kept', async () => {
  const response = await fetch(`${base}/events`)
  expect([response.status, response.headers.get('cache-control')]).toEqual([204, 'no-store'])
})

describe('signing in over HTTP', () => {
  it('answers 503 with the cause while the disk takes no session, and tells who watches it', async () => {
    diskIsFull = true
    const refused = await post('/auth/sign-in', { email: 'agent@linfa.example', password: PASSWORD })
    diskIsFull = false
    expect([refused.status, await refused.json()]).toEqual([503, { code: 'DISK_FULL' }])
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(storeFailures).toHaveLength(1)
  })

  it('gives a Secure cookie to a page that a proxy served over HTTPS', async () => {
    const body = { email: 'agent@linfa.example', password: PASSWORD }
    const overHttps = await post('/auth/sign-in', body, { origin: base.replace('http:', 'https:') })
    expect(overHttps.headers.get('set-cookie')).toMatch(/; Secure$/)
    expect((await post('/auth/sign-in', body)).headers.get('set-cookie')).not.toContain('Secure')
  })

  it('gives a cookie that scripts and other sites cannot use, and takes it back', async () => {
    const response = await post('/auth/sign-in', { email: 'Agent@linfa.example ', password: PASSWORD })
    const cookie = response.headers.get('set-cookie') ?? ''
    expect([response.status, cookie]).toEqual([204, expect.stringMatching(/HttpOnly; SameSite=Strict$/)])
    const session = { cookie: cookie.split(';')[0] ?? '' }
    const me = async () => (await post('/graphql', { query: '{ me { role } }' }, session)).json()
    expect(await me()).toEqual({ data: { me: { role: 'AGENT' } } })
    expect((await post('/auth/sign-out', {}, session)).status).toBe(204)
    expect(await me()).toEqual({ data: { me: null } })
  })

  it('answers a wrong password, bad input and a broken body each by its code', async () => {
    const codeOf = async (body: unknown) => {
      const response = await post('/auth/sign-in', body)
      return [response.status, ((await response.json()) as { code: string }).code]
    }
    expect(await codeOf({ email: 'agent@linfa.example', password: 'x' })).toEqual([401, 'WRONG_CREDENTIALS'])
    expect(await codeOf({ email: 'agent@linfa.example' })).toEqual([400, 'BAD_INPUT'])
    expect(await codeOf('{"email":')).toEqual([400, 'BAD_INPUT'])
    expect(await codeOf({ email: 'x'.repeat(10_000), password: 'x' })).toEqual([413, 'TOO_LARGE'])
  })
})

describe('forged requests', () => {
  it.each([
    ['another site', { origin: 'https://evil.example' }, 403],
    ['no origin', { origin: '' }, 403],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a form that pretends to be text', { 'content-type': 'text/plain' }, 415],
  ])('are refused: %s', async (_, headers, status) => {
    const cookie = await signIn('agent')
    const response = await post('/graphql', { query: '{ me { role } }' }, { cookie, ...headers })
    expect(response.status).toBe(status)
  })

  it('cannot ask by GET', async () => {
    const response = await fetch(`${base}/graphql?query={me{role}}`)
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('are refused under a name that is not this machine’s', async () => {
    const { request } = await import('node:http')
    const status = await new Promise((resolve) =>
      request(`${base}/en/`, { headers: { host: 'evil.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).end(),
    )
    expect(status).toBe(421)
  })
})

describe('files', () => {
  const get = async (role: string | null, path: string) =>
    fetch(`${base}/files/${path}`, { headers: role === null ? {} : { cookie: await signIn(role) } })

  it('are downloads of unknown type, whatever a stranger called them', async () => {
    const response = await get('agent', `${SHA256}/${encodeURIComponent("fattura d'ottobre.html")}`)
    expect(await response.text()).toBe('pdf')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': "attachment; filename*=UTF-8''fattura%20d%27ottobre.html",
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'no-store',
    })
  })

  it.each([
    [null, `${SHA256}/x`, 401],
    ['marketer', `${SHA256}/x`, 403],
    ['auditor', `${SHA256}/x`, 200],
    ['agent', `${'b'.repeat(64)}/x`, 404],
    ['agent', '..%2f..%2fetc/passwd', 404],
  ])('open to %s: %s is %i', async (role, path, status) => {
    expect((await get(role, path)).status).toBe(status)
  })
})

describe('the console', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${base}${path}`, { redirect: 'manual', headers: { accept: 'text/html', ...headers } })

  /** A browser's own request: `fetch` adds `cache-control: no-cache` to a conditional one. */
  const headers = (path: string, given: Record<string, string>) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      httpGet(`${base}${path}`, { headers: given }, (response) => resolve(response.resume())).on(
        'error',
        reject,
      )
    })

  it.each([
    ['it-IT,it;q=0.9,en;q=0.5', '/it/'],
    ['pl', '/pl/'],
    ['de', '/en/'],
  ])('opens in the browser’s language: %s', async (language, location) => {
    const response = await get('/', { 'accept-language': language })
    expect([response.status, response.headers.get('location')]).toEqual([302, location])
  })

  it('allows the scripts that stand in its page and no other', async () => {
    const response = await get('/it/')
    const hash = createHash('sha256').update(SCRIPT).digest('base64')
    expect(response.headers.get('content-security-policy')).toContain(`script-src 'self' 'sha256-${hash}';`)
    expect(await response.text()).toContain('ciao')
  })

  it('has its pages with a slash, its files for ever, and a page for what is not there', async () => {
    expect((await get('/it/desktop')).headers.get('location')).toBe('/it/desktop/')
    expect((await get('/_next/static/a.js')).headers.get('cache-control')).toContain('immutable')
    const missing = await get('/it/nothing/')
    expect([missing.status, await missing.text()]).toEqual([404, '<p>not here'])
  })

  describe.each([
    ['/_next/static/b.js', 'let b = "a script";', 'text/javascript; charset=utf-8'],
    ['/it/customers/', '<p>clienti', 'text/html; charset=utf-8'],
  ])('%s', (path, text, type) => {
    it.each([
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip, deflate', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', null],
      ['br;q=0, *;q=0.5', 'gzip'],
    ])('is sent compressed as the browser can read it: %s', async (accepted, encoding) => {
      const response = await get(path, { 'accept-encoding': accepted })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-encoding')).toBe(encoding)
      expect(response.headers.get('content-type')).toBe(type)
      expect(response.headers.get('vary')?.toLowerCase()).toBe('accept-encoding')
      expect(await response.text()).toBe(text)
    })

    it('has an entity tag for each encoding, and is not sent again to who has it', async () => {
      const tags = new Set<string>()
      for (const accepted of ['br', 'gzip', 'identity']) {
        const response = await get(path, { 'accept-encoding': accepted })
        const tag = response.headers.get('etag') ?? ''
        tags.add(tag)
        const again = await headers(path, { 'accept-encoding': accepted, 'if-none-match': tag })
        expect([again.statusCode, again.headers.vary?.toLowerCase()]).toEqual([304, 'accept-encoding'])
        const other = await headers(path, {
          'accept-encoding': accepted === 'br' ? 'gzip' : 'br',
          'if-none-match': tag,
        })
        expect(other.statusCode).toBe(200)
      }
      expect(tags.size).toBe(3)
    })
  })

  it('sends what has no compressed twin as it is, and keeps its files for ever', async () => {
    const plain = await get('/_next/static/a.js', { 'accept-encoding': 'br' })
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, '1'])
    const packed = await get('/_next/static/b.js', { 'accept-encoding': 'br' })
    expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  it('sends a page as it is when it was built anew and its twin was not', async () => {
    await compressed('it/board/index.html', '<p>vecchio')
    const past = new Date('2026-11-24T05:00:00Z')
    for (const ending of ['', '.br', '.gz'])
      await utimes(join(folder, `it/board/index.html${ending}`), past, past)
    await writeFile(join(folder, 'it/board/index.html'), '<p>nuovo')
    const response = await get('/it/board/', { 'accept-encoding': 'br' })
    expect([response.headers.get('content-encoding'), await response.text()]).toEqual([null, '<p>nuovo'])
  })

  it('leads out of its folder to nobody', async () => {
    for (const path of ['/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/%00', '/%E0%A4%A']) {
      expect((await get(path)).status).toBeGreaterThanOrEqual(400)
    }
  })
})

describe('the operator', () => {
  it('sees the metrics from this machine, not through a proxy on it', async () => {
    expect(await (await fetch(`${base}/metrics`)).text()).toContain('centralino_sign_ins_total')
    const proxied = (role: string | null) =>
      signIn(role ?? '').then((cookie) =>
        fetch(`${base}/metrics`, {
          headers: { 'x-forwarded-for': '192.0.2.1', ...(role ? { cookie } : {}) },
        }),
      )
    expect((await proxied(null)).status).toBe(401)
    expect((await proxied('agent')).status).toBe(403)
    expect((await proxied('auditor')).status).toBe(200)
  })

  it('hears whether the hub is ready', async () => {
    expect(await (await fetch(`${base}/healthz`)).json()).toEqual({ status: 'ready' })
  })
})

describe('live views over HTTP', () => {
  it('stream as server-sent events and end with the session', async () => {
    const cookie = await signIn('auditor')
    const response = await post(
      '/graphql',
      { query: 'subscription { board { at } }' },
      { cookie, accept: 'text/event-stream' },
    )
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const reader = response.body?.getReader()
    const text = async () => new TextDecoder().decode((await reader?.read())?.value)
    let seen = ''
    while (!seen.includes('"board"')) seen += await text()
    await post('/auth/sign-out', {}, { cookie })
    while (!seen.includes('event: complete')) seen += await text()
    expect(seen).toContain('event: next')
  })
})
