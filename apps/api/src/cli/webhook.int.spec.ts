import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EventStore, openEventStore } from '@centralino/event-store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAccounts } from '../auth/accounts.ts'
import { parseConfig } from '../config.ts'
import { append } from '../feed/testing/feed-world.ts'
import { systemClock } from '../time/clock.ts'
import { type Receiver, startReceiver } from '../webhooks/testing/receiver.ts'
import { verifiedBy } from '../webhooks/testing/verify-signature.ts'
import { openWebhooksFile, type WebhooksFile } from '../webhooks/webhooks-file.ts'
import { apiClient } from './api-client.ts'
import type { Command } from './command.ts'
import { webhook } from './webhook.ts'

let folder: string
let parts: AsyncDisposableStack
let store: EventStore
let file: WebhooksFile
let receiver: Receiver
let allowed: string
/** Beside a hub that has all files open. */
beforeEach(async () => {
  parts = new AsyncDisposableStack()
  folder = await mkdtemp(join(tmpdir(), 'webhook-'))
  parts.defer(() => rm(folder, { recursive: true }))
  store = parts.use(await openEventStore(config().eventStoreUrl))
  parts.use(await openAccounts(join(folder, 'accounts.db'), () => {}))
  file = parts.use(await openWebhooksFile(join(folder, 'webhooks.db'), () => {}))
  receiver = parts.use(await startReceiver())
  allowed = 'private,http'
})
afterEach(() => parts.disposeAsync())

const config = () => parseConfig({ HUB_DATA_DIR: folder, HUB_WEBHOOK_ALLOW: allowed })
const runOf =
  (command: Command) =>
  async (...args: string[]) => {
    const said: string[] = []
    const code = await command.run(args, { config: config(), say: (line) => said.push(line) })
    return { code, text: said.join('\n') }
  }
const run = runOf(webhook)
const secretIn = (text: string): string => /secret {3}(whsec_\S{44})$/m.exec(text)?.[1] ?? ''
const add = async (name = 'crm', ...more: string[]) => {
  await runOf(apiClient)('add', `client-${name}`)
  return run('add', name, '--client', `client-${name}`, '--url', receiver.url, ...more)
}

describe('hub webhook', () => {
  it('adds one with a secret that is shown once, lists it without what a URL may hide, and revokes it', async () => {
    const { position } = await append(store, { type: 'LegEnded' })
    const { text } = await add('crm', '--type', 'LegEnded,CallEnded', '--customer', 'giulia')
    const secret = secretIn(text)
    expect(text).toContain('without personal data')
    expect(await file.webhookByName('crm')).toMatchObject({
      secret,
      position,
      url: receiver.url,
      filter: { types: new Set(['LegEnded', 'CallEnded']), customerId: 'giulia' },
      state: { status: 'active', trying: null },
    })
    const listed = (await run('list')).text
    expect(listed).toMatch(
      /crm +client-crm +http:\S+\/hooks\?… +LegEnded,CallEnded of giulia +0 +\d{16} +delivering/,
    )
    expect(listed).not.toContain(secret)
    expect(listed).not.toContain('from=hub')
    await expect(add('crm')).rejects.toThrow('There is a client client-crm already')
    await run('revoke', 'crm')
    expect((await run('list')).text).toBe('No other system has events sent to it.')
    await expect(run('revoke', 'crm')).rejects.toThrow('There is no webhook crm')
  })

  it('begins at the start or after a position of this log, and nowhere else', async () => {
    const { position } = await append(store, {})
    await append(store, {})
    await add('one', '--from', 'start')
    await add('two', '--from', position)
    expect((await file.webhooks()).map((added) => added.position)).toEqual([null, position])
    await expect(add('three', '--from', '0000000000000099')).rejects.toThrow('past the end of this log')
    await expect(add('four', '--from', 'yesterday')).rejects.toThrow('--from start, now, or a position')
    await expect(add('five', '--type', 'LegEnd')).rejects.toThrow('no event of type "LegEnd"')
  })

  it('goes nowhere unencrypted or private that the configuration does not allow', async () => {
    await runOf(apiClient)('add', 'client')
    const to = (url: string) => run('add', 'crm', '--client', 'client', '--url', url)
    allowed = ''
    await expect(to(receiver.url)).rejects.toThrow('HUB_WEBHOOK_ALLOW=private')
    await expect(to('https://localhost/')).rejects.toThrow('HUB_WEBHOOK_ALLOW=private')
    await expect(to('https://me:secret@crm.example/')).rejects.toThrow('no user or password')
    await expect(run('add', 'crm', '--client', 'nobody', '--url', 'https://crm.example/')).rejects.toThrow(
      'There is no client nobody',
    )
  })

  it('changes the secret, with the old one beside it for as long as is said', async () => {
    const old = secretIn((await add()).text)
    const { text } = await run('rotate-secret', 'crm', '--overlap-hours', '2')
    const secret = secretIn(text)
    expect(secret).not.toBe(old)
    expect(await file.webhookByName('crm')).toMatchObject({ secret, previous: { secret: old } })
    expect(text).toMatch(/signs as well until/)
    const next = secretIn((await run('rotate-secret', 'crm', '--overlap-hours', '0')).text)
    expect(await file.webhookByName('crm')).toMatchObject({ secret: next, previous: null })
    await expect(run('rotate-secret', 'crm', '--overlap-hours', '999')).rejects.toMatchObject({
      code: 'USAGE',
    })
  })

  it('lists dead letters, sends them again until nobody takes them, and gives them up', async () => {
    let after = (await append(store, {})).position
    const secret = secretIn((await add()).text)
    const webhookId = (await file.webhookByName('crm'))?.webhookId ?? ''
    const letters: string[] = []
    for (let n = 0; n < 3; n += 1) {
      const { id, position } = await append(store, {
        type: 'CallReceived',
        data: { callId: 'k', from: '+39065550142', to: '+39' },
      })
      letters.push(id)
      const at = systemClock.now()
      const tried = { attempts: 12, reason: 'HTTP_500', firstTriedAt: at, givenUpAt: at }
      await file.bury(webhookId, { ...tried, eventId: id, type: 'CallReceived', after, position }, 10)
      after = position
    }
    expect((await run('dead-letters', 'crm')).text).toMatch(
      new RegExp(`${letters[0]} +CallReceived +\\d{16} +12 .* HTTP_500`),
    )
    await receiver.order({ status: 500 })
    const refused = await run('resend', 'crm')
    expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('0 of 3 taken') })
    expect(receiver.received).toHaveLength(3)
    await receiver.order({ status: 200 })
    expect(await run('resend', 'crm', letters[1] ?? '')).toMatchObject({ code: 0 })
    const sent = receiver.received.at(-1)
    expect(sent?.headers['webhook-id']).toBe(letters[1])
    expect(sent && (await verifiedBy(secret, sent))).toEqual([true])
    expect(JSON.parse(sent?.body ?? '').data).toEqual({ callId: 'k', to: '+39' })
    expect((await file.deadLetters(webhookId)).map(({ eventId }) => eventId)).toEqual([
      letters[0],
      letters[2],
    ])
    await receiver.order('refuse')
    expect((await run('resend', 'crm')).text).toMatch(/ECONNREFUSED\)\n0 of 2 taken/)
    expect((await run('discard', 'crm')).text).toContain('Given up: 2')
    await expect(run('resend', 'crm')).rejects.toThrow('crm has no dead letters.')
  })

  it('starts one again that was stopped, where it stands or from a place that is named', async () => {
    await append(store, {})
    await add()
    const webhookId = (await file.webhookByName('crm'))?.webhookId ?? ''
    await expect(run('enable', 'crm')).rejects.toThrow('is not stopped')
    await file.disableWebhook(webhookId, 'GONE')
    expect((await run('list')).text).toContain('stopped: the receiver wants no more (410)')
    await run('enable', 'crm', '--from', 'start')
    expect(await file.webhookByName('crm')).toMatchObject({ position: null, state: { status: 'active' } })
    await file.disableWebhook(webhookId, 'CLIENT_REVOKED')
    await runOf(apiClient)('revoke', 'client-crm')
    await expect(run('enable', 'crm')).rejects.toThrow('The client of crm was revoked')
    await expect(run('resend', 'crm')).rejects.toThrow('The client of crm was revoked')
  })

  it.each([
    [[]],
    [['add']],
    [['add', 'crm']],
    [['list', 'x']],
    [['revoke', 'x', 'y']],
    [['revoke', 'x', '--from', 'start']],
    [['resend', 'x', 'y', 'z']],
  ])('refuses the arguments %j', async (args) => {
    await expect(run(...args)).rejects.toMatchObject({ code: 'USAGE' })
  })
})
