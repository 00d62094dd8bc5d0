import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolder } from './make-folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'make-folder-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('the folders above it are made too, and a folder that is there stays', async () => {
  const path = join(folder, 'a/b/c')
  await makeFolder(path, 0o700)
  await makeFolder(path, 0o700)
  expect((await stat(path)).mode & 0o777).toBe(0o700)
})

test.each([
  ['file', 'EEXIST'],
  ['file/below', 'ENOTDIR'],
])('a file in the way is told as the system tells it: %s', async (name, code) => {
  await writeFile(join(folder, 'file'), '')
  await expect(makeFolder(join(folder, name), 0o700)).rejects.toMatchObject({ code })
})

test.skipIf(process.platform !== 'linux')(
  'a file system that takes no folders is told, and not asked for ever (needs /proc)',
  async () => {
    await expect(makeFolder('/proc/centralino/data', 0o700)).rejects.toMatchObject({ code: 'ENOENT' })
  },
)
