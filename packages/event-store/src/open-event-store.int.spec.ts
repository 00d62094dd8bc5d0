import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
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

  it.each([
    'esdb://localhost:2113?tls=false',
    'esdb+discover://cluster',
    'postgres://localhost',
    'log.db',
    'sqlite:',
  ])('refuses %s by a code and makes nothing', async (url) => {
    await expect(openEventStore(url)).rejects.toMatchObject({ code: 'ADAPTER_MISSING' })
  })
})
