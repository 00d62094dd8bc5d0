import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BundleFile } from './manifest.ts'

/** A file of a bundle as it is written; what is in it concerns customers, so it is its owner's alone. */
export type GrowingFile = {
  readonly write: (text: string) => Promise<void>
  /** On disk once it resolves. */
  readonly close: () => Promise<BundleFile>
  /** Lets go of the file without more ado. */
  readonly abandon: () => Promise<void>
}

export const createFile = async (bundle: string, path: string): Promise<GrowingFile> => {
  const file = await open(join(bundle, path), 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  return {
    write: async (text) => {
      const chunk = Buffer.from(text, 'utf8')
      hash.update(chunk)
      bytes += chunk.length
      await file.writeFile(chunk)
    },
    close: async () => {
      await file.sync()
      await file.close()
      return { path, bytes, sha256: hash.digest('hex') }
    },
    abandon: () => file.close(),
  }
}

export const writeFileOnce = async (bundle: string, path: string, text: string): Promise<BundleFile> => {
  const file = await createFile(bundle, path)
  try {
    await file.write(text)
    return await file.close()
  } catch (error) {
    await file.abandon()
    throw error
  }
}

/** SHA-256 of a file in hex, read in pieces; calls `onBytes` after each. Throws the file system's errors. */
export const sha256OfFile = async (
  path: string,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    onBytes(chunk.length)
  }
  return hash.digest('hex')
}

/** Null where there is none. */
export const sizeOf = async (path: string): Promise<number | null> => {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
