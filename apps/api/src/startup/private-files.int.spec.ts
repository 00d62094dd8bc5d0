import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { closeToOthers } from './private-files.ts'

it('what an earlier version left readable for everybody is the owner’s alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'private-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'accounts.db')
  await writeFile(path, '')
  await chmod(path, 0o644)
  const blobs = join(folder, 'blobs')
  await mkdir(blobs)
  await chmod(blobs, 0o755)
  await closeToOthers(folder)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await stat(blobs)).mode & 0o777).toBe(0o700)
})
