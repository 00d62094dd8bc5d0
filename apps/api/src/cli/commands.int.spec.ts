import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseInstant } from '@centralino/domain'
import { createBlobStore, openEventStore } from '@centralino/event-store'
import { openReadModels } from '@centralino/projections'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFolderTransport } from '../channels/email/outbox/folder-transport.ts'
import { type Config, parseConfig } from '../config.ts'
import { seedLogFile } from '../demo/seed-log.ts'
import { createNotices } from '../observability/notices.ts'
import type { Command } from './command.ts'
import { demoCall } from './demo-call.ts'
import { explain } from './explain.ts'
import { replay } from './replay.ts'
import { status } from './status.ts'
import { durationOf, timeOf } from './table.ts'

let config: Config

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cli-'))
  config = parseConfig({ HUB_DATA_DIR: folder })
  await seedLogFile(join(folder, 'log.db'), {
    floorId: config.floor,
    timeZone: config.timeZone,
    now: parseInstant('2026-11-24T05:00:00Z'),
    blobs: await createBlobStore(join(folder, 'blobs')),
    notices: createNotices({}),
    dataDir: folder,
    transport: createFolderTransport(join(folder, 'outbox')),
  })
  await using store = await openEventStore(config.eventStoreUrl, { readOnly: true })
  await using models = await openReadModels({ path: join(folder, 'read-models.db') })
  for await (const event of store.readAll()) await models.apply([event])
})
afterAll(() => rm(config.dataDir, { recursive: true }))

const run = async (command: Command, ...args: string[]) => {
  const said: string[] = []
  const code = await command.run(args, { config, say: (line) => said.push(line) })
  return { code, text: said.join('\n') }
}

const liveRow = (sql: string): Record<string, unknown> => {
  const database = new DatabaseSync(join(config.dataDir, 'read-models.db'), { readOnly: true })
  const row = database.prepare(sql).get()
  database.close()
  return row ?? {}
}

describe('replay', () => {
  it('finds the live read models equal, and says where a row is not', async () => {
    expect(await run(replay)).toMatchObject({ code: 0, text: expect.stringContaining('Equal: every row') })
    const database = new DatabaseSync(join(config.dataDir, 'read-models.db'))
    database.exec("UPDATE customer SET place = 'Torino' WHERE customer_id = 'giulia-ferrante'")
    database.close()
    const tampered = await run(replay)
    expect(tampered.code).toBe(1)
    expect(tampered.text).toContain('DIFFERS at giulia-ferrante: place is Torino, should be Roma')
    expect((await run(replay, '--swap')).text).toContain('Swapped')
    expect((await run(replay)).code).toBe(0)
  })

  it('prints the floor, a customer and a contact as they stood', async () => {
    const { text: floor } = await run(replay, '--as-of', '2100-01-01T00:00:00Z')
    expect(floor).toMatch(/Sofia Marchetti +offline[\s\S]*Billing +0/)
    const { text: customer } = await run(replay, '--as-of', '100000', '--customer', 'giulia-ferrante')
    expect(customer).toContain('+39065550142')
    const { interaction_id } = liveRow(
      "SELECT interaction_id FROM interaction WHERE disposition = 'complaint'",
    )
    const { text: contact } = await run(replay, '--as-of', '100000', '--interaction', String(interaction_id))
    expect(contact).toMatch(/customer +Giulia Ferrante/)
  })

  it('counts how long somebody was in a state to the instant asked for, and not to the last event before it', async () => {
    const { at } = liveRow("SELECT max(presence_since) AS at FROM agent WHERE name = 'Sofia Marchetti'")
    const later = '2100-01-01T00:00:00.000Z'
    const since = durationOf(Date.parse(later) - Date.parse(String(at)))
    const { text } = await run(replay, '--as-of', later)
    expect(text).toMatch(new RegExp(`Sofia Marchetti +offline +${since}`))
    expect(text).toContain(`As of ${timeOf(later, config.timeZone)}`)
  })

  it('stands at the position asked for and not later', async () => {
    expect((await run(replay, '--as-of', '1')).text).toMatch(/1 events/)
    await expect(run(replay, '--as-of', '1', '--customer', 'giulia-ferrante')).rejects.toThrow(
      'no such customer',
    )
  })

  it.each([
    [['--as-of', 'x']],
    [['--as-of', '1', '--swap']],
    [['--floor']],
    [['--as-of', '1', '--floor', '--customer', 'x']],
    [['--frobnicate']],
  ])('refuses %j', async (args) => {
    await expect(run(replay, ...args)).rejects.toThrow()
  })
})

describe('explain', () => {
  it('prints the decision with its reasons and runs it again to the same answer', async () => {
    const { offer_id } = liveRow("SELECT offer_id FROM offer WHERE status = 'lapsed'")
    const { code, text } = await run(explain, String(offer_id))
    expect(code).toBe(0)
    expect(text).toMatch(/Sofia Marchetti +yes +ready longest of those who can: chosen/)
    expect(text).toContain('Running it again from the log gives the same answer.')
    expect((await run(explain, Buffer.from(`Offer:${offer_id}`).toString('base64'))).text).toBe(text)
  })

  it('takes the newest offer when none is named, and says when there is none of that name', async () => {
    expect((await run(explain)).text).toContain('seed')
    await expect(run(explain, 'nothing')).rejects.toThrow('no such offer')
  })
})

describe('without a running hub', () => {
  it('status says so and how far the log is; a demo call says what to do', async () => {
    const { code, text } = await run(status)
    expect(code).toBe(1)
    expect(text).toMatch(/not running: npm start[\s\S]*log +up to 0000/)
    await expect(run(demoCall)).rejects.toThrow('The hub is not running: npm start')
  })
})
