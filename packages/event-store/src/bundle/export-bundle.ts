import { createHash } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { EventStore } from '../event-store.ts'
import { syncFolder } from '../files/sync-folder.ts'
import { exportBlobs } from './bundle-blobs.ts'
import { BundleError } from './bundle-error.ts'
import { type Checkpoint, checkpointsText } from './checkpoints.ts'
import { createEventFiles } from './event-files.ts'
import { sizeOf, writeFileOnce } from './files.ts'
import {
  type BundleFile,
  CHECKPOINTS,
  type EventsSpan,
  FORMAT,
  FORMAT_VERSION,
  MANIFEST,
  type Manifest,
  manifestText,
} from './manifest.ts'
import type { OnProgress } from './progress.ts'

export type ExportOptions = {
  /** Opened for reading; a hub may append to it meanwhile. */
  readonly store: Pick<EventStore, 'readAll' | 'readStored'>
  /** The folder to make. */
  readonly to: string
  /** The blob store's folder; null: none. */
  readonly blobs: string | null
  /** Read before the log, so that none of them is ahead of it. */
  readonly checkpoints: readonly Checkpoint[]
  readonly onProgress?: OnProgress
  /** A file of events ends before it would grow past this. Default 64 MiB. */
  readonly fileBytes?: number
}

export type Exported = {
  readonly manifest: Manifest
  /** Of the manifest, and so of all: what to compare two bundles by. */
  readonly sha256: string
}

/**
 * Writes the log, up to where it ended at the call, into a folder that says itself what is in it (docs/bundle.md). It is made
 * under another name, `<to>.partial`, and renamed when all of it is on disk: a folder `to` is a whole bundle. Throws
 * `TARGET_EXISTS`, `EVENT_ALTERED`, `BLOB_DAMAGED`, the store's and the file system's errors; then nothing is left.
 */
export const exportBundle = async (options: ExportOptions): Promise<Exported> => {
  const { store, blobs, checkpoints, onProgress = () => undefined, fileBytes = 64 * 1024 * 1024 } = options
  const to = resolve(options.to)
  if ((await sizeOf(to)) !== null) throw new BundleError('TARGET_EXISTS', { path: to })
  const beside = `${to}.partial`
  await rm(beside, { recursive: true, force: true })
  await mkdir(join(beside, 'events'), { recursive: true, mode: 0o700 })
  try {
    const events = await writeEvents(store, beside, fileBytes, onProgress)
    // After the log: whatever an event of it names was put there before the event was appended.
    const { list, count, bytes } = await exportBlobs(blobs, beside, onProgress)
    const manifest: Manifest = {
      format: FORMAT,
      formatVersion: FORMAT_VERSION,
      events: events.span,
      blobs: { count, bytes },
      files: [...events.files, list, await writeFileOnce(beside, CHECKPOINTS, checkpointsText(checkpoints))],
    }
    const text = manifestText(manifest)
    await writeFileOnce(beside, MANIFEST, text)
    await syncFolder(join(beside, 'events'))
    await syncFolder(beside)
    await rename(beside, to)
    await syncFolder(dirname(to))
    return { manifest, sha256: createHash('sha256').update(text).digest('hex') }
  } catch (error) {
    await rm(beside, { recursive: true, force: true })
    throw error
  }
}

const writeEvents = async (
  store: ExportOptions['store'],
  bundle: string,
  fileBytes: number,
  onProgress: OnProgress,
): Promise<{ readonly span: EventsSpan; readonly files: readonly BundleFile[] }> => {
  const end = await endOf(store)
  const files = createEventFiles(bundle, fileBytes)
  try {
    for await (const page of end === null ? [] : store.readStored(null)) {
      const within = page.filter(({ placement }) => end !== null && placement.position <= end)
      await files.write(within)
      onProgress({ step: 'export', done: files.span().count, of: null })
      // What is appended meanwhile is for the next export: a busy log would be followed without end.
      if (files.span().lastPosition === end) break
    }
    return { files: await files.close(), span: files.span() }
  } catch (error) {
    await files.abandon()
    throw error
  }
}

const endOf = async (store: ExportOptions['store']): Promise<string | null> => {
  for await (const { position } of store.readAll({ direction: 'backwards', limit: 1 })) return position
  return null
}
