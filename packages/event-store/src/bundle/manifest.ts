import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { BundleError } from './bundle-error.ts'

export const FORMAT = 'centralino-bundle'
/** Raised whenever an older Centralino would misread a bundle. */
export const FORMAT_VERSION = 1

export const MANIFEST = 'manifest.json'
export const CHECKPOINTS = 'checkpoints.json'
export const BLOBS = 'blobs.ndjson'
const EVENTS_FILE = /^events\/\d{6,}\.ndjson$/

/** Far above any: a terabyte of events has 16,000 files, 200 bytes each. */
const MAX_MANIFEST_BYTES = 64 * 1024 * 1024

export type BundleFile = {
  /** Within the bundle, with `/`. */
  readonly path: string
  readonly bytes: number
  /** 64 lower-case hex digits. */
  readonly sha256: string
}

export type EventsSpan = {
  readonly count: number
  /** Null when there is none. */
  readonly firstPosition: string | null
  readonly lastPosition: string | null
}

/** What the bundle holds. It names no time and no machine, so that the same log makes the same bundle, byte for byte. */
export type Manifest = {
  readonly format: typeof FORMAT
  readonly formatVersion: number
  readonly events: EventsSpan
  readonly blobs: { readonly count: number; readonly bytes: number }
  /** Every file but this one and the blobs, which `blobs.ndjson` lists; the events' in the order of the log. */
  readonly files: readonly BundleFile[]
}

export const isEventsFile = ({ path }: BundleFile): boolean => EVENTS_FILE.test(path)

export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`

/** Throws `NOT_A_BUNDLE` or `LATER_FORMAT`. */
export const readManifest = async (bundle: string): Promise<Manifest> => {
  const notOurs = (reason: string, cause?: unknown) =>
    new BundleError('NOT_A_BUNDLE', { path: bundle, reason }, { cause })
  let value: unknown
  try {
    const path = join(bundle, MANIFEST)
    if ((await stat(path)).size > MAX_MANIFEST_BYTES) throw notOurs('MANIFEST_TOO_LARGE')
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw notOurs('MANIFEST_NOT_JSON', error)
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT' || code === 'ENOTDIR') throw notOurs('NO_MANIFEST', error)
    throw error
  }
  if (!isRecord(value) || value['format'] !== FORMAT) throw notOurs('OTHER_FORMAT')
  const { formatVersion } = value
  if (!isCount(formatVersion)) throw notOurs('MANIFEST_SHAPE')
  if (formatVersion > FORMAT_VERSION) throw new BundleError('LATER_FORMAT', { formatVersion })
  if (!isManifest(value)) throw notOurs('MANIFEST_SHAPE')
  return value
}

type Loose = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Loose => typeof value === 'object' && value !== null
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isPosition = (value: unknown): boolean => value === null || typeof value === 'string'

const isManifest = (value: unknown): value is Manifest => {
  if (!isRecord(value)) return false
  const { events, blobs, files } = value
  return (
    isRecord(events) &&
    isCount(events['count']) &&
    isPosition(events['firstPosition']) &&
    isPosition(events['lastPosition']) &&
    isRecord(blobs) &&
    isCount(blobs['count']) &&
    isCount(blobs['bytes']) &&
    Array.isArray(files) &&
    files.every(isFile) &&
    [CHECKPOINTS, BLOBS].every((name) => files.filter(({ path }) => path === name).length === 1) &&
    new Set(files.map(({ path }) => path)).size === files.length
  )
}

/** Only names of ours, so that none leads out of the bundle. */
const isFile = (value: unknown): value is BundleFile =>
  isRecord(value) &&
  typeof value['path'] === 'string' &&
  (value['path'] === CHECKPOINTS || value['path'] === BLOBS || EVENTS_FILE.test(value['path'])) &&
  isCount(value['bytes']) &&
  typeof value['sha256'] === 'string' &&
  /^[0-9a-f]{64}$/.test(value['sha256'])
