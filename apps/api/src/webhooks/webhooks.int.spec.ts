import { plusMilliseconds } from '@centralino/domain'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { append } from '../feed/testing/feed-world.ts'
import { MAXIMUM_ATTEMPTS } from './retry-schedule.ts'
import { type Receiver, startReceiver } from './testing/receiver.ts'
import { verifiedBy } from './testing/verify-signature.ts'
import { type WebhooksWorld, webhooksWorld } from './testing/webhooks-world.ts'
import { makeWebhookSecret } from './webhook-signature.ts'

let world: WebhooksWorld
let receiver: Receiver
beforeEach(async () => {
  world = await webhooksWorld({ deadLetterLimit: 2 })
  receiver = await startReceiver()
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  await receiver[Symbol.asyncDispose]()
})

const CALL = { callId: 'k', from: '+39065550142', fromRaw: 'sip:+39065550142@x', sipCallId: 'a@10.0.0.1' }
const SOON = { timeout: 20_000, interval: 5 }
/** Longer than any timer but the waits between tries. */
const ANY_WAIT = 2_500

const idsAt = (to: Receiver) => to.received.map(({ headers }) => headers['webhook-id'])
const cameTo = (to: Receiver, count: number) =>
  vi.waitFor(() => expect(to.received.length).toBeGreaterThanOrEqual(count), SOON)
/** Turns the clock once a webhook waits, until it has tried once more. */
const waitOut = async (milliseconds: number) => {
  await vi.waitFor(() => expect(world.clock.pending(ANY_WAIT)).toBe(1), SOON)
  world.clock.advance(milliseconds)
}
const eventually = <T>(look: () => Promise<T>, expected: unknown) =>
  vi.waitFor(async () => {
    world.clock.advance(2_000)
    expect(await look()).toMatchObject(expected as object)
  }, SOON)
const appendMany = async (count: number) => {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push((await append(world.store, { data: { n } })).id)
  return ids
}

describe('a webhook', () => {
  it('sends each event as a CloudEvent that the receiver can verify', async () => {
    const { secret } = await world.addWebhook(receiver.url)
    const { id, position } = await append(world.store, {
      type: 'CallReceived',
      data: CALL,
      customerId: 'giulia',
    })
    world.start()
    await cameTo(receiver, 1)
    const [received] = receiver.received
    if (received === undefined) throw new Error('nothing came')
    expect(received).toMatchObject({
      method: 'POST',
      path: '/hooks?from=hub',
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'webhook-id': id,
        'webhook-timestamp': String(Date.parse('2026-11-24T09:00:00Z') / 1_000),
      },
    })
    expect(JSON.parse(received.body)).toMatchObject({
      specversion: '1.0',
      id,
      source: 'https://hub.example/events',
      type: 'centralino.CallReceived',
      position,
      customerid: 'giulia',
      data: CALL,
    })
    expect(await verifiedBy(secret, received)).toEqual([true])
    expect(await verifiedBy(makeWebhookSecret(), received)).toEqual([false])
    expect(await verifiedBy(secret, { ...received, body: `${received.body} ` })).toEqual([false])
  })

  it('sends nothing personal to a client that may not have it', async () => {
    const clientId = await world.addClient('figures', ['events:read'])
    await world.addWebhook(receiver.url, { clientId })
    await append(world.store, { type: 'CallReceived', data: CALL, customerId: 'giulia' })
    world.start()
    await cameTo(receiver, 1)
    expect(JSON.parse(receiver.received[0]?.body ?? '').data).toEqual({ callId: 'k' })
  })

  it('sends what its filter lets through, in order, from its position on and after a restart', async () => {
    const before = await append(world.store, { type: 'LegEnded', customerId: 'giulia' })
    await world.addWebhook(receiver.url, {
      position: before.position,
      filter: { types: new Set(['LegEnded', 'CallEnded']), customerId: 'giulia' },
    })
    const wanted: string[] = []
    for (const [type, customerId] of [
      ['LegEnded', 'giulia'],
      ['LegEnded', 'marco'],
      ['LegAnswered', 'giulia'],
      ['CallEnded', 'giulia'],
    ] as const) {
      const { id } = await append(world.store, { type, customerId })
      if (type !== 'LegAnswered' && customerId === 'giulia') wanted.push(id)
    }
    world.start()
    await cameTo(receiver, 2)
    const last = await append(world.store, { type: 'LegAnswered' })
    // Its place moves past what it does not want.
    await eventually(() => world.webhook('warehouse'), { position: last.position })
    await world.stop()
    wanted.push((await append(world.store, { type: 'LegEnded', customerId: 'giulia' })).id)
    world.start()
    await cameTo(receiver, 3)
    expect(idsAt(receiver)).toEqual(wanted)
  })

  it('tries again on its schedule, holding the events behind back, and goes on where it was after a restart', async () => {
    await receiver.order({ status: 500 })
    await world.addWebhook(receiver.url)
    const [first, second] = await appendMany(2)
    world.start()
    await cameTo(receiver, 1)
    await waitOut(5_000)
    await cameTo(receiver, 2)
    await eventually(() => world.webhook('warehouse'), {
      state: { trying: { eventId: first, attempts: 2, reason: 'HTTP_500' } },
    })
    await world.stop()
    world.start()
    await receiver.order({ status: 200 })
    await waitOut(15_000)
    await cameTo(receiver, 4)
    expect(idsAt(receiver)).toEqual([first, first, first, second])
    await eventually(() => world.webhook('warehouse'), { state: { status: 'active', trying: null } })
    const stamps = receiver.received.map(({ headers }) => Number(headers['webhook-timestamp']))
    expect(stamps.slice(0, 3)).toEqual(stamps.slice(0, 3).toSorted((a, b) => a - b))
    expect(stamps[2]).toBeGreaterThan(stamps[0] ?? 0)
  })

  it('keeps an event that was tried for the last time as a dead letter, tells the operator, and goes on with the next', async () => {
    await receiver.order({ status: 503, headers: { 'retry-after': '999999' } })
    const { webhookId } = await world.addWebhook(receiver.url)
    const [first, second] = await appendMany(2)
    world.start()
    for (let n = 1; n < MAXIMUM_ATTEMPTS; n += 1) {
      await cameTo(receiver, n)
      await waitOut(6 * 3_600_000)
    }
    await vi.waitFor(async () => expect(await world.file.deadLetters(webhookId)).toHaveLength(1), SOON)
    await receiver.order({ status: 200 })
    // It may have been tried before the receiver changed its mind, and wait.
    await vi.waitFor(() => {
      world.clock.advance(6 * 3_600_000)
      expect(idsAt(receiver).at(-1)).toBe(second)
    }, SOON)
    expect(idsAt(receiver).filter((id) => id === first)).toHaveLength(MAXIMUM_ATTEMPTS)
    expect(await world.file.deadLetters(webhookId)).toMatchObject([
      { eventId: first, type: 'LegAnswered', after: null, attempts: MAXIMUM_ATTEMPTS, reason: 'HTTP_503' },
    ])
    await eventually(
      async () => world.notices.list(),
      [{ code: 'WEBHOOK_DEAD_LETTERS', facts: { webhook: 'warehouse', letters: 1 } }],
    )
    const figures = await world.metrics.registry.metrics()
    expect(figures).toMatch(/webhook_tries_total\{outcome="deadLetter"\} 1\n/)
    expect(figures).toMatch(/webhook_dead_letters 1\n/)
    await world.file.removeDeadLetter(webhookId, first ?? '')
    await vi.waitFor(() => {
      world.clock.advance(2_000)
      expect(world.notices.list()).toEqual([])
    }, SOON)
  })

  it('stops at the event that finds no room among the dead letters, and loses none', async () => {
    await receiver.order({ status: 400 })
    const { webhookId } = await world.addWebhook(receiver.url)
    const ids = await appendMany(4)
    world.start()
    const tries = 3 * MAXIMUM_ATTEMPTS
    for (let n = 1; n <= tries; n += 1) {
      await cameTo(receiver, n)
      if (n % MAXIMUM_ATTEMPTS !== 0) await waitOut(6 * 3_600_000)
    }
    await eventually(() => world.webhook('warehouse'), {
      deadLetters: 2,
      state: { status: 'disabled', reason: 'DEAD_LETTERS_FULL' },
    })
    await eventually(
      async () => world.notices.list(),
      [
        { code: 'WEBHOOK_DISABLED', facts: { reason: 'DEAD_LETTERS_FULL' } },
        { code: 'WEBHOOK_DEAD_LETTERS', facts: { letters: 2 } },
      ],
    )
    await receiver.order({ status: 200 })
    const stands = await world.webhook('warehouse')
    await world.file.enableWebhook(webhookId, stands?.position ?? null)
    world.clock.advance(2_000)
    await cameTo(receiver, tries + 2)
    expect(idsAt(receiver).slice(tries)).toEqual(ids.slice(2))
    expect((await world.file.deadLetters(webhookId)).map(({ eventId }) => eventId)).toEqual(ids.slice(0, 2))
  })

  it('is stopped by 410, and the operator is told', async () => {
    await receiver.order({ status: 410 })
    await world.addWebhook(receiver.url)
    await appendMany(2)
    world.start()
    await eventually(() => world.webhook('warehouse'), {
      position: null,
      state: { status: 'disabled', reason: 'GONE' },
    })
    await eventually(
      async () => world.notices.list(),
      [{ code: 'WEBHOOK_DISABLED', facts: { webhook: 'warehouse', reason: 'GONE' } }],
    )
    await world.stop()
    expect(receiver.received).toHaveLength(1)
  })

  it.each([
    ['that answers nothing', 'hang', 'TIMEOUT'],
    ['where nobody listens', 'refuse', 'ECONNREFUSED'],
    ['that redirects', { status: 307, headers: { location: '/elsewhere' } }, 'HTTP_307'],
  ] as const)('a receiver %s holds nobody else up', async (_, order, reason) => {
    await using other = await startReceiver()
    await receiver.order(order)
    await world.addWebhook(receiver.url, { name: 'bad' })
    await world.addWebhook(other.url, { name: 'good' })
    const ids = await appendMany(120)
    world.start()
    await cameTo(other, 120)
    expect(idsAt(other)).toEqual(ids)
    await eventually(() => world.webhook('bad'), { state: { trying: { eventId: ids[0], reason } } })
    const paths = new Set(receiver.received.map(({ path }) => path))
    expect([...paths].filter((path) => path !== '/hooks?from=hub')).toEqual([])
  })

  it('waits as long as the receiver asks for', async () => {
    await receiver.order({ status: 429, headers: { 'retry-after': '60' } })
    await world.addWebhook(receiver.url)
    await appendMany(1)
    const begun = world.clock.now()
    world.start()
    await cameTo(receiver, 1)
    await vi.waitFor(() => expect(world.clock.pending(ANY_WAIT)).toBe(1), SOON)
    expect(world.clock.now()).toBe(begun)
    expect(await world.webhook('warehouse')).toMatchObject({
      state: { trying: { nextAttemptAt: '2026-11-24T09:01:00.000Z', reason: 'HTTP_429' } },
    })
  })

  it('signs with the old secret as well while it is changed, and no longer', async () => {
    const { webhookId, secret: old } = await world.addWebhook(receiver.url)
    world.start()
    await appendMany(1)
    await cameTo(receiver, 1)
    const secret = makeWebhookSecret()
    await world.file.rotateSecret(webhookId, secret, plusMilliseconds(world.clock.now(), 3_600_000))
    await eventually(() => world.webhook('warehouse'), { secret, previous: { secret: old } })
    let appended = 1
    await vi.waitFor(async () => {
      world.clock.advance(2_000)
      await appendMany(1)
      appended += 1
      const last = receiver.received.at(-1)
      expect(last && (await verifiedBy(secret, last))).toEqual([true, false])
      expect(last && (await verifiedBy(old, last))).toEqual([false, true])
    }, SOON)
    // None of these is under way any more when the old secret's time is up.
    await cameTo(receiver, appended)
    world.clock.advance(3_600_000)
    await appendMany(1)
    await cameTo(receiver, appended + 1)
    const last = receiver.received.at(-1)
    expect(last && (await verifiedBy(secret, last))).toEqual([true])
    await eventually(() => world.webhook('warehouse'), { previous: null })
  })

  it('ends with its client, and with being revoked while it waits', async () => {
    await receiver.order({ status: 500 })
    await world.addWebhook(receiver.url)
    const lone = await world.addWebhook(receiver.url, { name: 'lone' })
    await appendMany(1)
    world.start()
    await cameTo(receiver, 2)
    await vi.waitFor(() => expect(world.clock.pending(ANY_WAIT)).toBe(2), SOON)
    await world.accounts.removeApiClient('client-of-warehouse')
    await world.file.removeWebhook(lone.name)
    await eventually(() => world.webhook('warehouse'), {
      state: { status: 'disabled', reason: 'CLIENT_REVOKED' },
    })
    await vi.waitFor(() => expect(world.clock.pending(ANY_WAIT)).toBe(0), SOON)
    await receiver.order({ status: 200 })
    world.clock.advance(60_000)
    await world.stop()
    expect(receiver.received).toHaveLength(2)
  })

  it('that stands past the end of the log is stopped: it would say nothing for long', async () => {
    await world.addWebhook(receiver.url, { position: '0000000000000099' })
    await appendMany(1)
    world.start()
    await eventually(() => world.webhook('warehouse'), {
      state: { status: 'disabled', reason: 'POSITION_AHEAD' },
    })
  })

  it('writes neither secrets, nor where it sends, nor anything of a customer in the log of the hub', async () => {
    await receiver.order('hang')
    const { secret } = await world.addWebhook(receiver.url)
    await append(world.store, { type: 'CallReceived', data: CALL })
    world.start()
    await eventually(() => world.webhook('warehouse'), { state: { trying: { reason: 'TIMEOUT' } } })
    await world.stop()
    expect(world.logged.join()).not.toMatch(new RegExp(`065550142|/hooks|${secret.slice(6, 20)}`))
  })
})
