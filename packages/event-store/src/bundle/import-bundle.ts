import type { BlobStore } from '../blobs/create-blob-store.ts'
import type { StoredEvent } from '../codec/encoded-event.ts'
import { importBlobs } from './bundle-blobs.ts'
import { BundleError } from './bundle-error.ts'
import { type Checkpoint, readCheckpoints } from './checkpoints.ts'
import type { LogLoader } from './log-loader.ts'
import type { Manifest } from './manifest.ts'
import type { OnProgress } from './progress.ts'
import { readBundle } from './read-bundle.ts'
import { verifyBundle } from './verify-bundle.ts'

export type ImportOptions = {
  readonly from: string
  /** Opened once the bundle is known to be whole. */
  readonly openLoader: () => Promise<LogLoader>
  /** Called once nobody else can have the store open. */
  readonly openBlobs: () => Promise<Pick<BlobStore, 'has' | 'put'>>
  /** Keeps how far a follower has come; called for each, before the log gets its name. */
  readonly saveCheckpoint: (checkpoint: Checkpoint) => Promise<void>
  readonly onProgress?: OnProgress
}

export type Imported = {
  readonly manifest: Manifest
  /** Events that were there already, from an import that was interrupted. */
  readonly resumedAt: number
}

/**
 * Loads a bundle into an empty store, in this order: checks all of it, loads the events, reads them back and compares every
 * one, then blobs and checkpoints. Interrupted anywhere, it goes on where it stopped when it is called again with the same
 * bundle. Throws `NOT_A_BUNDLE`, `LATER_FORMAT`, `BUNDLE_DAMAGED`, `STORE_NOT_EMPTY` (the store has events that are not the
 * bundle's beginning) or `STORE_IN_USE`.
 */
export const importBundle = async (options: ImportOptions): Promise<Imported> => {
  const { from, saveCheckpoint, onProgress = () => undefined } = options
  const manifest = await verifyBundle(from, onProgress)
  const of = manifest.events.count
  await using loader = await options.openLoader()

  const resumedAt = await countLoaded(loader, readBundle(from, manifest), of, onProgress)
  let done = 0
  for await (const events of readBundle(from, manifest)) {
    const before = done
    done += events.length
    if (done <= resumedAt) continue
    await loader.load(events.slice(Math.max(0, resumedAt - before)))
    onProgress({ step: 'load', done, of })
  }

  const checkpoints = await prove(loader, from, manifest, onProgress)
  await importBlobs(from, await options.openBlobs(), manifest.blobs.count, onProgress)
  for (const checkpoint of checkpoints) await saveCheckpoint(checkpoint)
  await loader.finish()
  return { manifest, resumedAt }
}

/** How many events are there already, every one of them the bundle's. */
const countLoaded = async (
  loader: LogLoader,
  bundle: AsyncIterable<readonly StoredEvent[]>,
  of: number,
  onProgress: OnProgress,
): Promise<number> => {
  await using expected = oneByOne(bundle)
  let count = 0
  for await (const page of loader.loaded()) {
    for (const there of page) {
      const event = await expected.next()
      if (event === undefined || !sameEvent(there, event)) {
        throw new BundleError('STORE_NOT_EMPTY', { position: there.placement.position })
      }
      count += 1
    }
    onProgress({ step: 'compare', done: count, of })
  }
  return count
}

/** Compares all that is in the store with the bundle; answers the checkpoints at the positions of the new log. */
const prove = async (
  loader: LogLoader,
  from: string,
  manifest: Manifest,
  onProgress: OnProgress,
): Promise<readonly Checkpoint[]> => {
  const checkpoints = await readCheckpoints(from)
  const found = new Map<string, string>()
  await using loaded = oneByOne(loader.loaded())
  let done = 0
  for await (const events of readBundle(from, manifest)) {
    for (const event of events) {
      const there = await loaded.next()
      // Somebody appended in between, or an append took effect twice: never what this loader did.
      if (there === undefined || !sameEvent(there, event)) {
        throw new BundleError('STORE_IN_USE', { stream: there?.placement.stream ?? event.placement.stream })
      }
      for (const { name, position } of checkpoints) {
        if (event.placement.position <= position) found.set(name, there.placement.position)
      }
    }
    done += events.length
    onProgress({ step: 'prove', done, of: manifest.events.count })
  }
  const more = await loaded.next()
  if (more !== undefined) throw new BundleError('STORE_IN_USE', { stream: more.placement.stream })
  return [...found].map(([name, position]) => ({ name, position }))
}

/** Equal in all but the position, which every store gives itself. */
export const sameEvent = (a: StoredEvent, b: StoredEvent): boolean =>
  a.encoded.id === b.encoded.id &&
  a.encoded.type === b.encoded.type &&
  a.encoded.schemaVersion === b.encoded.schemaVersion &&
  a.encoded.data === b.encoded.data &&
  a.encoded.metadata === b.encoded.metadata &&
  a.placement.stream === b.placement.stream &&
  a.placement.revision === b.placement.revision &&
  a.placement.recordedAt === b.placement.recordedAt

/** One event after the other; undefined once there is none. */
const oneByOne = (pages: AsyncIterable<readonly StoredEvent[]>) => {
  const iterator = pages[Symbol.asyncIterator]()
  let page: readonly StoredEvent[] = []
  let at = 0
  return {
    next: async (): Promise<StoredEvent | undefined> => {
      while (at >= page.length) {
        const { value, done } = await iterator.next()
        if (done === true) return undefined
        page = value
        at = 0
      }
      at += 1
      return page[at - 1]
    },
    [Symbol.asyncDispose]: async (): Promise<void> => {
      await iterator.return?.()
    },
  }
}
