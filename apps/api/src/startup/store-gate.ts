import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EventStore } from '@centralino/event-store'
import type { Notices } from '../observability/notices.ts'

/** Tells whether the hub can write down what happens: a full disk, a read-only one, or servers that are away. */
export type StoreGate = AsyncDisposable & {
  /** The log as it was given; how its appends end is noted. */
  readonly store: EventStore
  isWritable(): boolean
  /** Something else that writes to the same disk failed: the same causes count. */
  noteFailure(error: unknown): void
  /** Told of each change; returns the function that stops listening. */
  onChange(listener: (writable: boolean) => void): () => void
}

export type StoreGateOptions = {
  readonly store: EventStore
  /** Where the hub's files are; that they take a small file is tried now and then. */
  readonly folders: readonly string[]
  readonly notices: Pick<Notices, 'report' | 'clear'>
  /** Default 5,000 ms while all is well, a fifth of it while it is not. */
  readonly lookEveryMilliseconds?: number
}

const LOOK_EVERY_MILLISECONDS = 5_000
/** Less than this free is no disk to take calls on. */
const PROBE = Buffer.alloc(64 * 1_024)
const PROBE_FILE = '.writable'

/** A change of leader takes a second or two, and is nobody's business: servers are away when two looks find them so. */
const AWAY_AFTER_LOOKS = 2

/** Errors by which a store says that it takes nothing until somebody sees to it; `TOO_BUSY` passes by itself. */
const NOT_WRITABLE: ReadonlySet<string> = new Set([
  'DISK_FULL',
  'READ_ONLY',
  'STORE_UNAVAILABLE',
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EIO',
])

const codeOf = (error: unknown): string => {
  const { code } = error instanceof Error && 'code' in error ? error : { code: '' }
  return typeof code === 'string' && NOT_WRITABLE.has(code) ? code : ''
}

/**
 * Watches over what can be written. Not writable from the first append that the disk refuses, from the first look that finds
 * no room, or once servers have been away for some seconds; writable again when a look finds all well.
 */
export const createStoreGate = (options: StoreGateOptions): StoreGate => {
  const { store, folders, notices } = options
  const lookEvery = options.lookEveryMilliseconds ?? LOOK_EVERY_MILLISECONDS
  const listeners = new Set<(writable: boolean) => void>()
  const trouble = { ofAppend: '', ofLook: '' }
  let looksAway = 0
  let writable = true
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  let stopped = false

  const judge = (): void => {
    const reason = trouble.ofAppend || trouble.ofLook
    if (writable === (reason === '')) return
    writable = reason === ''
    if (writable) notices.clear('LOG_NOT_WRITABLE')
    else notices.report('LOG_NOT_WRITABLE', { reason })
    for (const listener of listeners) {
      try {
        listener(writable)
      } catch {
        notices.report('UNEXPECTED_ERROR', { where: 'store gate' })
      }
    }
    schedule()
  }
  const noteFailure = (error: unknown): void => {
    const code = codeOf(error)
    // Of servers, the looks tell.
    if (code === '' || (code === 'STORE_UNAVAILABLE' && store.health !== undefined)) return
    trouble.ofAppend = code
    judge()
  }
  const look = async (): Promise<void> => {
    looksAway = store.health?.().status === 'reconnecting' ? looksAway + 1 : 0
    const ofFolders = await troubleIn(folders)
    trouble.ofLook = ofFolders === '' && looksAway >= AWAY_AFTER_LOOKS ? 'STORE_AWAY' : ofFolders
    // What refused an append may be well again without anybody appending meanwhile.
    if (trouble.ofLook === '') trouble.ofAppend = ''
    judge()
  }
  const schedule = (): void => {
    clearTimeout(timer)
    if (stopped) return
    timer = setTimeout(
      () => {
        looking = looking.then(look).finally(schedule)
      },
      writable ? lookEvery : lookEvery / 5,
    )
    timer.unref()
  }
  schedule()

  return {
    store: {
      ...store,
      append: async (...given) => {
        const appended = await store.append(...given).catch((error: unknown) => {
          noteFailure(error)
          throw error
        })
        trouble.ofAppend = ''
        judge()
        return appended
      },
    },
    isWritable: () => writable,
    noteFailure,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    [Symbol.asyncDispose]: async () => {
      stopped = true
      clearTimeout(timer)
      await looking
      clearTimeout(timer)
    },
  }
}

/** The literal cause of the first folder that takes no file, or ''. */
const troubleIn = async (folders: readonly string[]): Promise<string> => {
  for (const folder of folders) {
    const path = join(folder, PROBE_FILE)
    try {
      await writeFile(path, PROBE, { mode: 0o600 })
      await rm(path, { force: true })
    } catch (error) {
      await rm(path, { force: true }).catch(() => {})
      return codeOf(error) || 'NOT_WRITABLE'
    }
  }
  return ''
}
