import { execFile } from 'node:child_process'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSqliteEventStore } from '@centralino/event-store'
import { openReadModels } from '@centralino/projections'
import { afterEach, beforeEach, expect, test } from 'vitest'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'))
  await (await createSqliteEventStore({ path: join(folder, 'log.db') }))[Symbol.asyncDispose]()
})
afterEach(() => rm(folder, { recursive: true }))

/** What the command prints, and its exit code. */
const hub = (...args: string[]) =>
  new Promise<{ readonly text: string; readonly exitCode: number | string }>((resolve) => {
    const env = { ...process.env, HUB_DATA_DIR: folder }
    execFile(process.execPath, [MAIN, ...args], { env }, (error, stdout, stderr) =>
      resolve({ text: stdout + stderr, exitCode: error?.code ?? 0 }),
    )
  })

test('a file that is not the log is told with the next step, and without the insides of the program', async () => {
  await writeFile(join(folder, 'log.db'), 'a letter\n'.repeat(100))
  const { text, exitCode } = await hub('replay')
  expect(exitCode).toBe(1)
  expect(text).toContain('log.db is no log of ours')
  expect(text).toContain('Move it away')
  expect(text).not.toContain('at ')
})

test('damaged read models are told, and the swap replaces them', async () => {
  const path = join(folder, 'read-models.db')
  await (await openReadModels({ path }))[Symbol.asyncDispose]()
  await truncate(path, 10_000)
  expect(await hub('replay')).toMatchObject({ exitCode: 1, text: expect.stringContaining('damaged') })
  expect(await hub('replay', '--swap')).toMatchObject({
    exitCode: 0,
    text: expect.stringContaining('Swapped'),
  })
})
