import { get, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HEARTBEAT_MILLISECONDS, SLOW_CLIENT_MILLISECONDS } from './event-stream.ts'
import { createOpenStreams } from './open-streams.ts'
import { append, type FeedWorld, feedWorld } from './testing/feed-world.ts'
import { openSse } from './testing/sse-client.ts'

let world: FeedWorld
beforeEach(async () => {
  world = await feedWorld({ streams: createOpenStreams({ ofOneClient: 2, ofAll: 3 }) })
})
afterEach(() => world[Symbol.asyncDispose]())

const CALL = {
  callId: 'k',
  from: '+39065550142',
  fromRaw: 'sip:+39065550142@x',
  sipCallId: 'a@10.0.0.1',
  to: '+390655500100',
}

const answer = async (query: string, headers: Record<string, string> = {}, method = 'GET') => {
  const response = await fetch(`${world.url}${query}`, { method, headers })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

describe('the feed', () => {
  it('goes on after a dropped connection without a gap and without a double, while events are appended', async () => {
    const token = await world.addClient('warehouse')
    const total = 400
    const appended: string[] = []
    const appending = (async () => {
      for (let n = 0; n < total; n += 1) {
        appended.push((await append(world.store, { data: { n }, stream: `call-${n % 7}` })).id)
      }
    })()
    const seen: string[] = []
    let lastEventId: string | undefined
    for (let connections = 0; seen.length < total; connections += 1) {
      await using client = await openSse(`${world.url}?from=start`, {
        token,
        ...(lastEventId === undefined ? {} : { lastEventId }),
      })
      // Each connection is dropped in the middle of what it is being sent.
      for (let taken = 0; taken < 37 + connections && seen.length < total; taken += 1) {
        const received = await client.next()
        if (received === null) break
        seen.push(received.data.id)
      }
      lastEventId = client.lastEventId()
    }
    await appending
    expect(seen).toEqual(appended)
  })

  it('says each event as a CloudEvent, its position as the id', async () => {
    const token = await world.addClient('warehouse')
    const { id, position } = await append(world.store, {
      type: 'CallReceived',
      data: CALL,
      customerId: 'giulia',
    })
    await using client = await openSse(`${world.url}?from=start`, { token })
    expect(client.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(await client.next()).toEqual({
      event: 'CallReceived',
      data: {
        specversion: '1.0',
        id,
        source: 'https://hub.example/events',
        type: 'centralino.CallReceived',
        subject: 'call-1',
        time: '2026-11-24T09:00:00.000Z',
        datacontenttype: 'application/json',
        position,
        revision: 0,
        schemaversion: 1,
        correlationid: 'c-1',
        customerid: 'giulia',
        data: CALL,
      },
    })
    expect(client.lastEventId()).toBe(position)
  })

  it('leaves out of it what is personal, unless the client may have that', async () => {
    const token = await world.addClient('figures', ['events:read'])
    await append(world.store, { type: 'CallReceived', data: CALL, customerId: 'giulia' })
    await append(world.store, {
      type: 'ContactPointLinked',
      stream: 'contactPoint-0f3b',
      data: {
        contactPointId: '0f3b',
        contactPoint: { kind: 'phone', value: CALL.from, raw: CALL.from },
        customerId: 'giulia',
      },
    })
    await append(world.store, { type: 'TypeOfALaterVersion', data: { phone: CALL.from } })
    await using client = await openSse(`${world.url}?from=start`, { token })
    const received = [await client.next(), await client.next(), await client.next()]
    expect(received.map((event) => event?.data.data)).toEqual([
      { callId: 'k', to: CALL.to },
      { contactPoint: { kind: 'phone' }, customerId: 'giulia' },
      null,
    ])
    expect(JSON.stringify(received)).not.toMatch(/065550142|0f3b|10\.0\.0\.1/)
  })

  it('lets through what the client asks for, and moves its place past the rest', async () => {
    const token = await world.addClient('warehouse')
    await append(world.store, { type: 'LegAnswered', customerId: 'giulia' })
    const wanted = await append(world.store, { type: 'LegEnded', customerId: 'giulia' })
    await append(world.store, { type: 'LegEnded', customerId: 'marco' })
    const own = await append(world.store, { type: 'CallEnded', data: { customerId: 'giulia' } })
    const last = await append(world.store, { type: 'LegAnswered' })
    await using client = await openSse(`${world.url}?from=start&type=LegEnded,CallEnded&customer=giulia`, {
      token,
    })
    expect([(await client.next())?.data.id, (await client.next())?.data.id]).toEqual([wanted.id, own.id])
    expect(client.lastEventId()).toBe(own.position)
    const next = client.next()
    await vi.waitFor(() => {
      world.clock.advance(HEARTBEAT_MILLISECONDS)
      expect(client.lastEventId()).toBe(last.position)
    })
    const late = await append(world.store, { type: 'LegEnded', customerId: 'giulia' })
    expect((await next)?.data.id).toBe(late.id)
  })

  it('begins with what comes from now on, and resumes there though nothing came', async () => {
    const token = await world.addClient('warehouse')
    await append(world.store, {})
    const reached = await append(world.store, {})
    const idle = await openSse(world.url, { token })
    const nothing = idle.next()
    await vi.waitFor(() => expect(idle.lastEventId()).toBe(reached.position))
    await idle[Symbol.asyncDispose]()
    expect(await nothing).toBeNull()
    const missed = await append(world.store, {})
    await using client = await openSse(world.url, { token, lastEventId: idle.lastEventId() })
    expect((await client.next())?.data.id).toBe(missed.id)
  })

  it('closes a client that takes nothing, which then goes on where it was', async () => {
    const token = await world.addClient('warehouse')
    const text = 'x'.repeat(100_000)
    const ids: string[] = []
    for (let n = 0; n < 150; n += 1) ids.push((await append(world.store, { data: { text } })).id)
    const request = get(`${world.url}?from=start`, { headers: { authorization: `Bearer ${token}` } })
    const slow = await new Promise<IncomingMessage>((resolve) => request.once('response', resolve))
    // The only timer that is so long is the one of a socket that is full.
    await vi.waitFor(() => expect(world.clock.pending(SLOW_CLIENT_MILLISECONDS - 1)).toBe(1), 20_000)
    world.clock.advance(SLOW_CLIENT_MILLISECONDS)
    let taken = ''
    slow.setEncoding('utf8').on('data', (chunk: string) => {
      taken += chunk
    })
    await new Promise<void>((resolve) => {
      slow.on('error', () => {}).on('close', resolve)
    })
    const whole = taken.split('\n\n').slice(0, -1)
    const lastEventId = /^id: (\d+)$/m.exec(whole.at(-1) ?? '')?.[1] ?? ''
    const rest = ids.slice(whole.filter((block) => block.includes('data: ')).length)
    expect(rest.length).toBeGreaterThan(0)
    await using client = await openSse(world.url, { token, lastEventId })
    for (const id of rest) expect((await client.next())?.data.id).toBe(id)
  })

  it('ends the streams of a client that was revoked, and opens it none', async () => {
    const token = await world.addClient('warehouse')
    const other = await world.addClient('figures')
    await using client = await openSse(`${world.url}?from=start`, { token })
    await using stays = await openSse(`${world.url}?from=start`, { token: other })
    const ended = client.next()
    await world.accounts.removeApiClient('warehouse')
    world.clock.advance(5_000)
    expect(await ended).toBeNull()
    expect((await answer('', { authorization: `Bearer ${token}` })).status).toBe(401)
    const { id } = await append(world.store, {})
    expect((await stays.next())?.data.id).toBe(id)
  })

  it('bounds the streams of one client, and of all', async () => {
    const [one, two] = [await world.addClient('one'), await world.addClient('two')]
    await using first = await openSse(world.url, { token: one })
    await using second = await openSse(world.url, { token: one })
    const third = await answer('', { authorization: `Bearer ${one}` })
    expect([third.status, third.body]).toEqual([429, { code: 'TOO_MANY_STREAMS' }])
    expect(third.headers.get('retry-after')).toBe('10')
    await using ofTwo = await openSse(world.url, { token: two })
    const full = await answer('', { authorization: `Bearer ${two}` })
    expect([full.status, full.body]).toEqual([503, { code: 'TOO_BUSY' }])
    await second[Symbol.asyncDispose]()
    await vi.waitFor(async () => {
      await using again = await openSse(world.url, { token: two })
      expect(again.response.status).toBe(200)
    })
    expect([first.response.status, ofTwo.response.status]).toEqual([200, 200])
  })

  it('is open to a token only, and to reading', async () => {
    const none = await answer('')
    expect([none.status, none.body]).toEqual([401, { code: 'UNAUTHENTICATED' }])
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="centralino"')
    const wrong = await answer('', { authorization: `Bearer ctr_${'x'.repeat(43)}` })
    expect(wrong.status).toBe(401)
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer realm="centralino", error="invalid_token"')
    const authorization = `Bearer ${await world.addClient('odd', ['events:personal'])}`
    expect(await answer('', { authorization })).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
    expect(await answer('', {}, 'POST')).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } })
  })

  it.each([
    ['?from=yesterday', 'BAD_POSITION', 'from'],
    ['?from=0000000000000000001', 'BAD_POSITION', 'from'],
    ['?from=0000000000000099', 'POSITION_AHEAD', 'from'],
    ['?type=LegEnded,Nonsense', 'UNKNOWN_TYPE', 'Nonsense'],
    ['?customer=a%20b', 'BAD_CUSTOMER', 'customer'],
    ['?types=LegEnded', 'UNKNOWN_PARAMETER', 'types'],
    ['?type=LegEnded&type=CallEnded', 'UNKNOWN_PARAMETER', 'type'],
  ])('refuses %s: %s', async (query, code, at) => {
    await append(world.store, {})
    const authorization = `Bearer ${await world.addClient('warehouse')}`
    expect(await answer(query, { authorization })).toMatchObject({ status: 400, body: { code, at } })
  })
})
