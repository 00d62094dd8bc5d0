import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline, type Readable, Transform } from 'node:stream'
import { syncFolder } from '../files/sync-folder.ts'
import { BlobStoreError, toBlobStoreError } from './blob-store-error.ts'

export type Blob = {
  /** 64 lower-case hex digits: the blob's name. */
  readonly sha256: string
  readonly bytes: number
}

/** Files kept under the hash of what is in them: the same content is kept once, and a name never changes its content. */
export type BlobStore = {
  /**
   * Keeps `source` to its end; resolves once it is on disk. Throws `TOO_LARGE` past `maxBytes`, `DISK_FULL`,
   * `READ_ONLY`, or what the source threw; then nothing is kept of it.
   */
  put(source: Uint8Array | AsyncIterable<Uint8Array>, options?: { maxBytes?: number }): Promise<Blob>
  /**
   * The content, checked against its name as it is read: the stream ends with `CORRUPT` when it does not fit. Null when
   * there is none.
   */
  get(sha256: string): Promise<Readable | null>
  has(sha256: string): Promise<boolean>
  /** Size in bytes; null when there is none. */
  size(sha256: string): Promise<number | null>
}

const SHA256 = /^[0-9a-f]{64}$/
const CHUNK_BYTES = 64 * 1024
/** Where a blob is written until its name is known. */
const INCOMING = 'incoming'

/**
 * A blob store in `folder`, which is made when it is not there. What a crash left half-written is removed; one process
 * at a time may have it open.
 */
export const createBlobStore = async (folder: string): Promise<BlobStore> => {
  const incoming = join(folder, INCOMING)
  try {
    await mkdir(incoming, { recursive: true })
    for (const left of await readdir(incoming)) await rm(join(incoming, left), { force: true })
  } catch (error) {
    throw toBlobStoreError(error)
  }

  const shardOf = (sha256: string): string => join(folder, sha256.slice(0, 2))

  /** Null for what is no name of ours, so that no name leads out of the folder. */
  const pathOf = (sha256: string): string | null =>
    SHA256.test(sha256) ? join(shardOf(sha256), sha256.slice(2)) : null

  const size = async (sha256: string): Promise<number | null> => {
    const path = pathOf(sha256)
    if (path === null) return null
    try {
      return (await stat(path)).size
    } catch (error) {
      if (isMissing(error)) return null
      throw toBlobStoreError(error)
    }
  }

  /** Moves a finished file to its name; on disk once the folders that changed are. */
  const settle = async (written: string, sha256: string): Promise<void> => {
    const shard = shardOf(sha256)
    if ((await mkdir(shard, { recursive: true })) !== undefined) await syncFolder(folder)
    await rename(written, join(shard, sha256.slice(2)))
    await syncFolder(shard)
  }

  return {
    put: async (source, { maxBytes = Number.POSITIVE_INFINITY } = {}) => {
      const path = join(incoming, randomUUID())
      try {
        const blob = await write(path, source instanceof Uint8Array ? slices(source) : source, maxBytes)
        await settle(path, blob.sha256)
        return blob
      } catch (error) {
        await rm(path, { force: true })
        throw isSystemError(error) ? toBlobStoreError(error) : error
      }
    },
    get: async (sha256) => {
      const path = pathOf(sha256)
      if (path === null) return null
      try {
        return checked(await open(path, 'r'), sha256)
      } catch (error) {
        if (isMissing(error)) return null
        throw toBlobStoreError(error)
      }
    },
    has: async (sha256) => (await size(sha256)) !== null,
    size,
  }
}

const write = async (path: string, source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Blob> => {
  const file = await open(path, 'wx')
  try {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > maxBytes) throw new BlobStoreError('TOO_LARGE', `over ${maxBytes} bytes`)
      hash.update(chunk)
      await writeWhole(file, chunk)
    }
    await file.sync()
    return { sha256: hash.digest('hex'), bytes }
  } finally {
    await file.close()
  }
}

/** write(2) may take a part only, as it does when the disk fills up in the middle. */
const writeWhole = async (file: FileHandle, chunk: Uint8Array): Promise<void> => {
  for (let offset = 0; offset < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, offset)
    offset += bytesWritten
  }
}

/** A large buffer in pieces: hashing it whole would keep the event loop for as long as that takes. */
async function* slices(content: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const step = 16 * CHUNK_BYTES
  for (let offset = 0; offset < content.length; offset += step) yield content.subarray(offset, offset + step)
}

const checked = (file: FileHandle, sha256: string): Readable => {
  const hash = createHash('sha256')
  const check = new Transform({
    transform: (chunk: Uint8Array, _encoding, done) => {
      hash.update(chunk)
      done(null, chunk)
    },
    flush: (done) => {
      const fits = hash.digest('hex') === sha256
      done(fits ? null : new BlobStoreError('CORRUPT', 'the content does not fit its name'))
    },
  })
  // Whichever end goes first takes the other along, and the file with it; a failure shows on the stream returned.
  pipeline(file.createReadStream({ highWaterMark: CHUNK_BYTES }), check, () => undefined)
  return check
}

const isSystemError = (error: unknown): boolean => error instanceof Error && 'errno' in error

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
