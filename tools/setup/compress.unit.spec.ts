import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compressFolder } from './compress.mjs'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compress-'))
  await mkdir(join(folder, 'it'))
})
afterEach(() => rm(folder, { recursive: true }))

test('each text of a folder gets a brotli and a gzip twin that is the same text', async () => {
  const text = 'È questo il testo. '.repeat(200)
  await writeFile(join(folder, 'it', 'index.html'), text)
  await compressFolder(folder)
  expect((await readdir(join(folder, 'it'))).toSorted()).toEqual([
    'index.html',
    'index.html.br',
    'index.html.gz',
  ])
  const twin = (ending: string) => readFile(join(folder, 'it', `index.html${ending}`))
  expect(brotliDecompressSync(await twin('.br')).toString()).toBe(text)
  expect(gunzipSync(await twin('.gz')).toString()).toBe(text)
})

test('what is small, is no text, or is a twin itself gets none', async () => {
  await writeFile(join(folder, 'small.js'), 'x')
  await writeFile(join(folder, 'picture.png'), 'x'.repeat(5_000))
  await writeFile(join(folder, 'large.js'), 'x'.repeat(5_000))
  await compressFolder(folder)
  await compressFolder(folder)
  expect((await readdir(folder)).toSorted()).toEqual([
    'it',
    'large.js',
    'large.js.br',
    'large.js.gz',
    'picture.png',
    'small.js',
  ])
})
