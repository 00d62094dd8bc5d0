import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { sha256Hex } from '../ids/sha256-hex.ts'
import { type BlobStore, createBlobStore } from './create-blob-store.ts'

const HELLO = Buffer.from('hello, blob')
const HELLO_SHA256 = sha256Hex(HELLO)

let folder: string
let store: BlobStore
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'centralino-blobs-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  store = await createBlobStore(folder)
})

const contentOf = async (sha256: string): Promise<Buffer> => {
  const stream = await store.get(sha256)
  if (stream === null) throw new Error('no such blob')
  return await buffer(stream)
}

describe('blob store', () => {
  it('names a blob by the SHA-256 of its content and gives it back', async () => {
    expect(await store.put(HELLO)).toEqual({ sha256: HELLO_SHA256, bytes: HELLO.length })
    expect(await contentOf(HELLO_SHA256)).toEqual(HELLO)
    expect(await store.has(HELLO_SHA256)).toBe(true)
    expect(await store.size(HELLO_SHA256)).toBe(HELLO.length)
  })

  it('keeps a stream of many chunks whole', async () => {
    const chunks = Array.from({ length: 200 }, (_, index) => Buffer.alloc(10_007, index))
    const whole = Buffer.concat(chunks)
    expect(await store.put(Readable.from(chunks))).toEqual({ sha256: sha256Hex(whole), bytes: whole.length })
    expect((await contentOf(sha256Hex(whole))).equals(whole)).toBe(true)
    expect(await store.put(whole)).toEqual({ sha256: sha256Hex(whole), bytes: whole.length })
  })

  it('keeps an empty blob', async () => {
    const { sha256 } = await store.put(Buffer.alloc(0))
    expect(sha256).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(await contentOf(sha256)).toHaveLength(0)
  })

  it('keeps the same content once, also when it comes many times at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => store.put(HELLO)))
    const files = await readdir(folder, { recursive: true, withFileTypes: true })
    expect(files.filter((file) => file.isFile()).map((file) => file.name)).toEqual([HELLO_SHA256.slice(2)])
  })

  it('has nothing under a name it does not know or that is no name', async () => {
    await writeFile(join(folder, 'secret'), 'not a blob')
    for (const name of ['0'.repeat(64), '', '../secret', HELLO_SHA256.toUpperCase(), `${HELLO_SHA256}/..`]) {
      expect(await store.get(name)).toBeNull()
      expect(await store.has(name)).toBe(false)
      expect(await store.size(name)).toBeNull()
    }
  })

  it('keeps nothing of a blob that is larger than allowed', async () => {
    const source = Readable.from([Buffer.alloc(600), Buffer.alloc(600)])
    await expect(store.put(source, { maxBytes: 1_000 })).rejects.toMatchObject({ code: 'TOO_LARGE' })
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  it('keeps nothing of a source that fails, and hands on its failure', async () => {
    const failure = new Error('the connection was lost')
    const broken = async function* () {
      yield HELLO
      throw failure
    }
    await expect(store.put(broken())).rejects.toBe(failure)
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
    expect(await store.has(HELLO_SHA256)).toBe(false)
  })

  it('removes what a crash left half-written', async () => {
    await writeFile(join(folder, 'incoming', 'half'), 'hel')
    await createBlobStore(folder)
    expect(await readdir(join(folder, 'incoming'))).toEqual([])
  })

  it('tells content that was altered on disk instead of passing it on as whole', async () => {
    await store.put(HELLO)
    const path = join(folder, HELLO_SHA256.slice(0, 2), HELLO_SHA256.slice(2))
    const altered = await readFile(path)
    altered[0] = 0x48
    await writeFile(path, altered)
    await expect(contentOf(HELLO_SHA256)).rejects.toMatchObject({ code: 'CORRUPT' })
  })

  it('closes the file of a stream that nobody reads to its end', async () => {
    await store.put(Buffer.alloc(1_000_000))
    const openFiles = async () => (await readdir('/proc/self/fd')).length
    const before = await openFiles()
    for (let count = 0; count < 20; count += 1) {
      const stream = await store.get(sha256Hex(Buffer.alloc(1_000_000)))
      if (count % 2 === 0) await stream?.iterator().next()
      stream?.destroy()
    }
    await vi.waitFor(async () => expect(await openFiles()).toBeLessThan(before + 5))
  })
})
