import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NewEvent } from '@centralino/domain'
import { type BlobStore, createBlobStore } from '../../blobs/create-blob-store.ts'
import type { StoredEvent } from '../../codec/encoded-event.ts'
import { counted } from '../../contract/sample-events.ts'
import type { EventStore } from '../../event-store.ts'
import { createSqliteEventStore } from '../../sqlite/create-sqlite-event-store.ts'
import type { Checkpoint } from '../checkpoints.ts'
import { type Exported, type ExportOptions, exportBundle } from '../export-bundle.ts'
import { type Imported, importBundle } from '../import-bundle.ts'
import type { LogLoader } from '../log-loader.ts'
import { openLogLoader } from '../open-log-loader.ts'

/** A folder for logs, bundles and blobs, with what tests ask of them. */
export type BundleWorld = AsyncDisposable & {
  readonly path: (name: string) => string
  readonly blobs: (name: string) => Promise<BlobStore>
  /** The URL of a log in a file. */
  readonly sqlite: (name: string) => string
  /** Exports the log in the file `log`, without blobs and checkpoints unless `more` says so. */
  readonly exportLog: (log: string, to: string, more?: Partial<ExportOptions>) => Promise<Exported>
  /** Blobs go into `imported-blobs`; `kept` are the checkpoints that it was to keep. */
  readonly importLog: (
    from: string,
    url: string,
    openLoader?: () => Promise<LogLoader>,
  ) => Promise<Imported & { readonly kept: readonly Checkpoint[] }>
  /** A log of `count` events in `log.db`, and its bundle in `bundle`. */
  readonly makeBundle: (
    count: number,
    characters?: number,
    more?: Partial<ExportOptions>,
  ) => Promise<Exported>
}

export const createBundleWorld = async (): Promise<BundleWorld> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-bundle-'))
  const path = (name: string): string => join(folder, name)
  const blobs = (name: string): Promise<BlobStore> => createBlobStore(path(name))
  const exportStore = (store: EventStore, to: string, more: Partial<ExportOptions>) =>
    exportBundle({ store, to: path(to), blobs: null, checkpoints: [], ...more })
  return {
    path,
    blobs,
    sqlite: (name) => `sqlite:${path(name)}`,
    exportLog: async (log, to, more = {}) => {
      await using store = await createSqliteEventStore({ path: path(log), readOnly: true })
      return await exportStore(store, to, more)
    },
    importLog: async (from, url, openLoader = () => openLogLoader(url)) => {
      const kept: Checkpoint[] = []
      const imported = await importBundle({
        from: path(from),
        openLoader,
        openBlobs: () => blobs('imported-blobs'),
        saveCheckpoint: (checkpoint) => {
          kept.push(checkpoint)
          return Promise.resolve()
        },
      })
      return { ...imported, kept }
    },
    makeBundle: async (count, characters = 20, more = {}) => {
      await using store = await createSqliteEventStore({ path: path('log.db') })
      await fill(store, count, characters)
      return await exportStore(store, 'bundle', more)
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Every file below `folder`, by its path, as text. */
export const filesOf = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const contents = await Promise.all(paths.map((path) => readFile(path, 'latin1')))
  return Object.fromEntries(
    paths.map((path, index) => [path.slice(folder.length + 1), contents[index] ?? '']).toSorted(),
  )
}

/** All that lies in a store, without the positions that it gave. */
export const contentOf = async (store: EventStore): Promise<unknown[]> => {
  const events: unknown[] = []
  for await (const page of store.readStored(null)) events.push(...page.map(withoutPosition))
  return events
}

const withoutPosition = ({ encoded, placement }: StoredEvent) => {
  const { position: _position, ...rest } = placement
  return { encoded, placement: rest }
}

/** `count` events of `characters` each, in turns on three streams, some in one append; answers the position of each append. */
export const fill = async (store: EventStore, count: number, characters = 20): Promise<readonly string[]> => {
  const positions: string[] = []
  const event = (at: number): NewEvent => ({
    ...counted(at),
    data: { count: at, text: 'à'.repeat(characters / 2) },
  })
  for (let at = 0, turn = 0; at < count; turn += 1) {
    const events = Array.from({ length: Math.min(1 + (turn % 3), count - at) }, (_, more) => event(at + more))
    at += events.length
    const { position } = await store.append(`count-${turn % 3}`, 'any', events)
    positions.push(position)
  }
  return positions
}
