import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { stateFile } from './state-file.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'centralino-state-'))
  path = join(folder, 'reactors', 'journey.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('what was saved is loaded, and the newest counts', async () => {
  const file = stateFile(path, z.string())
  expect(await file.load()).toBe(null)
  await file.save('0001')
  await file.save('0002')
  expect(await file.load()).toBe('0002')
  expect(await readdir(join(folder, 'reactors'))).toEqual(['journey.json'])
})

test('a file that is damaged or of another shape counts as none', async () => {
  const file = stateFile(path, z.string())
  await file.save('0001')
  for (const damaged of ['', '"0001', '{"position": 7}', '\0\0\0\0']) {
    await writeFile(path, damaged)
    expect(await file.load()).toBe(null)
  }
})

test('a crash while saving leaves the value that was there', async () => {
  const file = stateFile(path, z.string())
  await file.save('0001')
  await writeFile(`${path}.new`, '"00')
  expect(await file.load()).toBe('0001')
  await file.save('0002')
  expect(await readFile(path, 'utf8')).toBe('"0002"')
})
