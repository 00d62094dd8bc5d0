import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobStore } from '../blobs/create-blob-store.ts'
import { syncFolder } from '../files/sync-folder.ts'
import { BundleError } from './bundle-error.ts'
import { createFile, isMissing, sha256OfFile, sizeOf } from './files.ts'
import { linesOf } from './lines.ts'
import { BLOBS, type BundleFile } from './manifest.ts'
import type { OnProgress } from './progress.ts'

export type BlobTotals = { readonly count: number; readonly bytes: number }
type ListedBlob = { readonly sha256: string; readonly bytes: number }

const MAX_LINE_BYTES = 256
const SHARD = /^[0-9a-f]{2}$/
const REST = /^[0-9a-f]{62}$/

/** In a bundle as in a blob store. */
const pathOf = (folder: string, sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2))

/**
 * Copies the files of a blob store, also one that a hub has open, into the bundle and lists them, sorted by name. Throws
 * `BLOB_DAMAGED` on one that is not what its name says.
 */
export const exportBlobs = async (
  blobs: string | null,
  bundle: string,
  onProgress: OnProgress,
): Promise<BlobTotals & { readonly list: BundleFile }> => {
  const list = await createFile(bundle, BLOBS)
  let count = 0
  let total = 0
  try {
    for (const shard of await namesIn(blobs, SHARD)) {
      const from = join(blobs ?? '', shard)
      const to = join(bundle, 'blobs', shard)
      let lines = ''
      for (const rest of await namesIn(from, REST)) {
        if (lines === '') await mkdir(to, { recursive: true, mode: 0o700 })
        const sha256 = shard + rest
        const bytes = await copy(join(from, rest), join(to, rest), sha256)
        lines += `${JSON.stringify({ sha256, bytes } satisfies ListedBlob)}\n`
        count += 1
        total += bytes
        onProgress({ step: 'blobs', done: count, of: null })
      }
      if (lines === '') continue
      await list.write(lines)
      await syncFolder(to)
    }
    if (count > 0) await syncFolder(join(bundle, 'blobs'))
    return { count, bytes: total, list: await list.close() }
  } catch (error) {
    await list.abandon()
    throw error
  }
}

/** Checks every blob of the bundle against its name. Throws `BUNDLE_DAMAGED`. */
export const verifyBlobs = async (
  bundle: string,
  expected: BlobTotals,
  onBytes: (bytes: number) => void,
): Promise<void> => {
  let count = 0
  for await (const { sha256, bytes } of listedBlobs(bundle)) {
    const path = pathOf(join(bundle, 'blobs'), sha256)
    const named = pathOf('blobs', sha256)
    const size = await sizeOf(path)
    if (size === null) throw new BundleError('BUNDLE_DAMAGED', { path: named, reason: 'MISSING' })
    if (size !== bytes || (await sha256OfFile(path, onBytes)) !== sha256) {
      throw new BundleError('BUNDLE_DAMAGED', { path: named, reason: 'OTHER_CONTENT' })
    }
    count += 1
  }
  if (count !== expected.count) throw new BundleError('BUNDLE_DAMAGED', { path: BLOBS, reason: 'COUNT' })
}

/** Puts what is not there yet into the blob store; what was copied before an interruption is not copied again. */
export const importBlobs = async (
  bundle: string,
  blobs: Pick<BlobStore, 'has' | 'put'>,
  total: number,
  onProgress: OnProgress,
): Promise<void> => {
  let done = 0
  for await (const { sha256 } of listedBlobs(bundle)) {
    if (!(await blobs.has(sha256))) {
      const put = await blobs.put(createReadStream(pathOf(join(bundle, 'blobs'), sha256)))
      if (put.sha256 !== sha256) {
        throw new BundleError('BUNDLE_DAMAGED', { path: pathOf('blobs', sha256), reason: 'OTHER_CONTENT' })
      }
    }
    done += 1
    onProgress({ step: 'blobs', done, of: total })
  }
}

async function* listedBlobs(bundle: string): AsyncGenerator<ListedBlob, void, undefined> {
  for await (const lines of linesOf(bundle, BLOBS, MAX_LINE_BYTES)) {
    for (const line of lines) {
      const match = /^\{"sha256":"([0-9a-f]{64})","bytes":(\d{1,15})\}$/.exec(line)
      if (match === null) throw new BundleError('BUNDLE_DAMAGED', { path: BLOBS, reason: 'SHAPE' })
      yield { sha256: match[1] ?? '', bytes: Number(match[2]) }
    }
  }
}

const namesIn = async (folder: string | null, name: RegExp): Promise<readonly string[]> => {
  if (folder === null) return []
  try {
    return (await readdir(folder)).filter((found) => name.test(found)).toSorted()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

const copy = async (from: string, to: string, sha256: string): Promise<number> => {
  const file = await open(to, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(from, {
      highWaterMark: 1024 * 1024,
    }) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  if (hash.digest('hex') !== sha256) throw new BundleError('BLOB_DAMAGED', { sha256 })
  return bytes
}
