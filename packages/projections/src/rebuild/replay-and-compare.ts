import { existsSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { RecordedEvent } from '@centralino/domain'
import { checkpointOf } from '../projector/ensure-tables.ts'
import { openError, openForReading, SQLITE, sqliteCode } from '../read-model-store/open-database.ts'
import { isReadModelsError } from '../read-models-error.ts'
import { buildBeside, companions } from './build-beside.ts'
import { compare, type TableComparison } from './compare.ts'
import { swap } from './swap.ts'

export type ReplayOptions = {
  /** The log from its beginning, in order, page by page. */
  readonly pages: AsyncIterable<readonly RecordedEvent[]>
  /** The live read models; a hub may have them open. */
  readonly livePath: string
  /** A file to build in, on the same disk. Removed at the end, unless it took the live one's place. */
  readonly scratchPath: string
  /** Whether the rebuilt file shall take the live one's place, equal or not. */
  readonly swap: boolean
  readonly onProgress?: (events: number) => void
}

/** Why nothing could be compared. */
export type NotCompared =
  /** There is no live file. */
  | 'noLiveModels'
  /** The live file cannot be read to its end. */
  | 'liveDamaged'
  /** The live rows were made by other tables or rules than this program's. */
  | 'otherViewsVersion'
  /** The log ends before the position that the live models have reached: they are of another log, or the log lost its end. */
  | 'logEndsBeforeLive'

export type Replayed = {
  readonly events: number
  readonly seconds: number
  /** Position up to which the log was replayed: the live models' own, or the log's end where nothing is compared. */
  readonly position: string | null
  readonly equal: boolean
  readonly tables: readonly TableComparison[]
  readonly notCompared?: NotCompared
  readonly swapped: 'asked not to' | 'done' | 'READ_MODELS_IN_USE'
}

type Opened = {
  readonly kind: 'opened'
  readonly database: DatabaseSync
  readonly version: string
  readonly position: string | null
}
type Live = Opened | { readonly kind: Extract<NotCompared, 'noLiveModels' | 'liveDamaged'> }

/**
 * Rebuilds every read model from the log, beside the live ones, and compares them row for row at the live ones' position. The
 * live file is read as of one moment, so a hub may go on writing it.
 */
export const replayAndCompare = async (options: ReplayOptions): Promise<Replayed> => {
  const { pages, livePath, scratchPath, onProgress } = options
  const live: Live = existsSync(livePath) ? openAsOfNow(livePath) : { kind: 'noLiveModels' }
  let result: Omit<Replayed, 'swapped'>
  try {
    const started = performance.now()
    const until = live.kind === 'opened' ? (live.position ?? undefined) : undefined
    const built = await buildBeside({ pages, path: scratchPath, until, onProgress })
    const seconds = (performance.now() - started) / 1000
    result = { ...built, seconds, ...comparison(live, scratchPath, built.position) }
  } catch (error) {
    remove(scratchPath)
    throw error
  } finally {
    if (live.kind === 'opened') live.database.close()
  }
  return { ...result, swapped: options.swap ? trySwap(livePath, scratchPath) : leave(scratchPath) }
}

/** Inside a transaction: what is read later stands as of now. Throws `FOREIGN_FILE` for what is no database. */
const openAsOfNow = (path: string): Live => {
  let database: DatabaseSync | null = null
  try {
    database = openForReading(path)
    database.exec('begin')
    const stored = checkpointOf(database)
    return {
      kind: 'opened',
      database,
      version: stored?.version ?? '',
      position: stored?.position ?? null,
    }
  } catch (error) {
    database?.close()
    if (isDamage(error)) return { kind: 'liveDamaged' }
    throw database === null ? error : openError(path, error)
  }
}

const isDamage = (error: unknown): boolean =>
  (isReadModelsError(error) && error.code === 'FILE_DAMAGED') || sqliteCode(error) === SQLITE.corrupt

const comparison = (
  live: Live,
  scratchPath: string,
  position: string | null,
): Pick<Replayed, 'equal' | 'tables' | 'notCompared'> => {
  const no = (notCompared: NotCompared) => ({ equal: false, tables: [], notCompared })
  if (live.kind !== 'opened') return no(live.kind)
  const rebuilt = openForReading(scratchPath)
  try {
    if (checkpointOf(rebuilt)?.version !== live.version) return no('otherViewsVersion')
    if (live.position !== null && (position === null || position < live.position))
      return no('logEndsBeforeLive')
    const tables = compare(live.database, rebuilt)
    return { equal: tables.every((table) => table.equal), tables }
  } catch (error) {
    if (isDamage(error)) return no('liveDamaged')
    throw error
  } finally {
    rebuilt.close()
  }
}

const trySwap = (live: string, rebuilt: string): Replayed['swapped'] => {
  try {
    swap({ live, rebuilt })
    return 'done'
  } catch (error) {
    remove(rebuilt)
    if (isReadModelsError(error) && error.code === 'READ_MODELS_IN_USE') return error.code
    throw error
  }
}

const leave = (path: string): Replayed['swapped'] => {
  remove(path)
  return 'asked not to'
}

const remove = (path: string) => {
  for (const file of [path, ...companions(path)]) rmSync(file, { force: true })
}
