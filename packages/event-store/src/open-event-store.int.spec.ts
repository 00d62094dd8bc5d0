import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { counted, freshStream } from './contract/sample-events.ts'
import { startScriptedServer } from './eventstoredb/testing/scripted-server.ts'
import { openEventStore } from './open-event-store.ts'

describe('openEventStore', () => {
  it('opens sqlite: by a relative path, an absolute one or three slashes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'centralino-open-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const path = join(folder, 'deeper', 'log.db')
    for (const url of [`sqlite:${relative(process.cwd(), path)}`, `sqlite:${path}`, `sqlite://${path}`]) {
      await (await openEventStore(url))[Symbol.asyncDispose]()
      expect((await stat(path)).isFile()).toBe(true)
      await rm(path)
    }
  })

  it.each(['esdb://127.0.0.1', 'kurrentdb://127.0.0.1'])('opens a server by %s', async (host) => {
    await using server = await startScriptedServer()
    await using store = await openEventStore(`${host}:${server.port}?tls=false`)
    await store.append(freshStream(), 'noStream', [counted(0)])
    expect(server.log.all()).toHaveLength(1)
  })

  it.each([
    'esdb:',
    'esdb://',
    'esdb://user:secret@host:port',
    'esdb://host?nodePreference=nobody',
    'postgres://localhost',
    'log.db',
    'sqlite:',
  ])('refuses %s by a code and makes nothing', async (url) => {
    const opening = openEventStore(url)
    await expect(opening).rejects.toMatchObject({ code: 'ADAPTER_MISSING' })
    await expect(opening).rejects.not.toThrow('secret')
  })
})
