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
 * Watches over what can be written. Not writable from the first append that the disk or the servers refuse, or from the
 * first look that finds no room; writable again when both have been well.
 */
export const createStoreGate = (options: StoreGateOptions): StoreGate => {
  const { store, folders, notices } = options
  const lookEvery = options.lookEveryMilliseconds ?? LOOK_EVERY_MILLISECONDS
  const listeners = new Set<(writable: boolean) => void>()
  const trouble = { ofAppend: '', ofLook: '' }
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
    for (const listener of listeners) listener(writable)
    schedule()
  }
  const noteFailure = (error: unknown): void => {
    const code = codeOf(error)
    if (code === '') return
    trouble.ofAppend = code
    judge()
  }
  const look = async (): Promise<void> => {
    trouble.ofLook = await troubleIn(folders)
    // What refused an append may be well again without anybody appending meanwhile.
    if (trouble.ofLook === '' && store.health?.().status !== 'reconnecting') trouble.ofAppend = ''
    judge()
  }
  const schedule = (): void => {
    clearTimeout(timer)
    if (stopped) return
    timer = setTimeout(
      () => {
        looking = look().finally(schedule)
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
        try {
          const appended = await store.append(...given)
          trouble.ofAppend = ''
          judge()
          return appended
        } catch (error) {
          noteFailure(error)
          throw error
        }
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
      await rm(path)
    } catch (error) {
      await rm(path, { force: true }).catch(() => {})
      return codeOf(error) || 'NOT_WRITABLE'
    }
  }
  return ''
}
