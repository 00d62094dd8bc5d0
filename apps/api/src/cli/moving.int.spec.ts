import { existsSync } from 'node:fs'
import { appendFile, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseInstant } from '@centralino/domain'
import { createBlobStore, openEventStore } from '@centralino/event-store'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createFolderTransport } from '../channels/email/outbox/folder-transport.ts'
import { type Config, parseConfig } from '../config.ts'
import { seedLogFile } from '../demo/seed-log.ts'
import { createNotices } from '../observability/notices.ts'
import { operationsState } from '../operations.ts'
import { writeHubFile } from '../startup/hub-file.ts'
import { backup } from './backup.ts'
import type { Command } from './command.ts'
import { exportLog } from './export.ts'
import { importLog } from './import.ts'

/** The demo's log, with its mails. */
let source: Config
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cli-moving-'))
  source = parseConfig({ HUB_DATA_DIR: folder })
  await seedLogFile(join(folder, 'log.db'), {
    floorId: source.floor,
    timeZone: source.timeZone,
    now: parseInstant('2026-11-24T05:00:00Z'),
    blobs: await createBlobStore(join(folder, 'blobs')),
    notices: createNotices({}),
    dataDir: folder,
    transport: createFolderTransport(join(folder, 'outbox')),
  })
  await operationsState(folder).journey.save('0000000000000042')
})
afterAll(() => rm(source.dataDir, { recursive: true }))

let folder: string
/** An empty data folder. */
let target: Config
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-moved-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  target = parseConfig({ HUB_DATA_DIR: join(folder, 'data') })
})

const run = async (command: Command, config: Config, ...args: string[]) => {
  const said: string[] = []
  const code = await command.run(args, { config, say: (line) => said.push(line) })
  return { code, text: said.join('\n') }
}

const manifestHash = (text: string): string | undefined => /SHA-256 ([0-9a-f]{64})/.exec(text)?.[1]

describe('export and import', () => {
  it('move log, mails and checkpoints to another data folder, from which the same bundle comes', async () => {
    const exported = await run(exportLog, source, '--to', join(folder, 'bundle'))
    expect(exported.code).toBe(0)
    const imported = await run(importLog, target, '--from', join(folder, 'bundle'))
    expect(imported.code).toBe(0)
    expect(imported.text).toMatch(/Imported \d{3,} events and \d+ files/)
    const again = await run(exportLog, target, '--to', join(folder, 'again'))
    expect(manifestHash(exported.text)).toBeDefined()
    expect(manifestHash(again.text)).toBe(manifestHash(exported.text))
    expect(await operationsState(target.dataDir).journey.load()).toBe('0000000000000042')
    await using store = await openEventStore(target.eventStoreUrl)
    const [last] = await Array.fromAsync(store.readAll({ direction: 'backwards', limit: 1 }))
    expect(exported.text).toContain(last?.position)
  })

  it('say what to do about what stands in the way', async () => {
    const bundle = join(folder, 'bundle')
    await run(exportLog, source, '--to', bundle)
    await expect(run(exportLog, source, '--to', bundle)).rejects.toThrow('Choose another name')
    await expect(run(importLog, target, '--from', folder)).rejects.toThrow('the one with manifest.json in it')

    await run(importLog, target, '--from', bundle)
    await expect(run(importLog, target, '--from', bundle)).rejects.toThrow('another HUB_DATA_DIR')

    await writeFile(join(target.dataDir, 'read-models.db'), '')
    await expect(run(importLog, target, '--from', bundle)).rejects.toThrow('read-models.db')

    const nobody = { address: '127.0.0.1', port: 1 }
    await writeHubFile(target.dataDir, { pid: process.pid, http: nobody, sip: nobody })
    await expect(run(importLog, target, '--from', bundle)).rejects.toThrow('Stop it')

    await appendFile(join(bundle, 'events', '000001.ndjson'), '\n')
    const other = parseConfig({ HUB_DATA_DIR: join(folder, 'other') })
    await expect(run(importLog, other, '--from', bundle)).rejects.toThrow('damaged at events/000001.ndjson')
    expect(existsSync(other.dataDir)).toBe(false)
  })

  it('take away checkpoints that the bundle has none for', async () => {
    await run(exportLog, source, '--to', join(folder, 'bundle'))
    await operationsState(target.dataDir).voice.save('0000000000009999')
    await run(importLog, target, '--from', join(folder, 'bundle'))
    expect(await operationsState(target.dataDir).voice.load()).toBeNull()
  })
})

describe('backup', () => {
  it('beside an open log makes a file that is put back as the log', async () => {
    const to = join(folder, 'log-backup.db')
    {
      await using _hub = await openEventStore(source.eventStoreUrl)
      expect(await run(backup, source, '--to', to)).toMatchObject({
        code: 0,
        text: expect.stringContaining('copy the backup there as log.db'),
      })
    }
    await expect(run(backup, source, '--to', to)).rejects.toThrow('Choose another name')
    await mkdir(target.dataDir)
    await copyFile(to, join(target.dataDir, 'log.db'))
    await run(exportLog, source, '--to', join(folder, 'one'))
    await run(exportLog, target, '--to', join(folder, 'two'))
    const events = (bundle: string) => readFile(join(folder, bundle, 'events', '000001.ndjson'), 'utf8')
    expect(await events('two')).toBe(await events('one'))
  })

  it('says what to do where there is no log, or none of its own', async () => {
    await expect(run(backup, target, '--to', join(folder, 'b.db'))).rejects.toThrow('Start the hub once')
    const onServers = parseConfig({ HUB_DATA_DIR: folder, EVENT_STORE_URL: 'esdb://127.0.0.1:1' })
    await expect(run(backup, onServers, '--to', join(folder, 'b.db'))).rejects.toThrow('`export`')
  })
})

it.each([
  [exportLog, []],
  [exportLog, ['--to', '']],
  [importLog, []],
  [backup, []],
])('a command without its folder or file is refused', async (command, args) => {
  await expect(run(command, target, ...args)).rejects.toMatchObject({ code: 'USAGE' })
})
