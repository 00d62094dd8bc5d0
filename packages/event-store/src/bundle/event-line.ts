import type { StoredEvent } from '../codec/encoded-event.ts'

/** Longest line that is read, in bytes: an event has 1 MiB of data and metadata, and names of 256 characters. */
export const MAX_LINE_BYTES = 1024 * 1024 + 16 * 1024

/**
 * An event as one line, without the line's end. The keys stand in this order and nothing stands between the tokens; `data`
 * and `metadata` are the bytes that were appended, which ECMAScript's `JSON.stringify` wrote. So an event has one line only.
 */
export const toLine = ({ encoded, placement }: StoredEvent): string =>
  `{"position":${JSON.stringify(placement.position)},"stream":${JSON.stringify(placement.stream)},` +
  `"revision":${placement.revision},"id":${JSON.stringify(encoded.id)},"type":${JSON.stringify(encoded.type)},` +
  `"schemaVersion":${encoded.schemaVersion},"recordedAt":"${new Date(placement.recordedAt).toISOString()}",` +
  `"data":${encoded.data},"metadata":${encoded.metadata}}`

/** The event of a line; null when it is none, or not written as {@link toLine} writes it. */
export const fromLine = (line: string): StoredEvent | null => {
  const fields = parsed(line)
  if (fields === null) return null
  const { position, stream, revision, id, type, schemaVersion, recordedAt, data, metadata } = fields
  if (typeof position !== 'string' || typeof stream !== 'string' || !isCount(revision)) return null
  if (typeof id !== 'string' || typeof type !== 'string' || !isCount(schemaVersion)) return null
  if (typeof recordedAt !== 'string' || data === undefined) return null
  if (typeof metadata !== 'object' || metadata === null) return null
  const at = Date.parse(recordedAt)
  if (Number.isNaN(at)) return null
  const event: StoredEvent = {
    encoded: { id, type, schemaVersion, data: JSON.stringify(data), metadata: JSON.stringify(metadata) },
    placement: { stream, revision: BigInt(revision), position, recordedAt: at },
  }
  return toLine(event) === line ? event : null
}

const HEAD =
  /^\{"position":"([^"\\]+)","stream":"([^"\\]+)","revision":(\d+),"id":"([^"\\]+)","type":"([^"\\]+)","schemaVersion":(\d+),"recordedAt":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)","data":/
const METADATA = ',"metadata":'

/**
 * The event of a line at half the cost of {@link fromLine}, for whoever hashes what stands there and need not know that it is
 * JSON as a hub writes it: `data` is taken as it is.
 */
export const splitLine = (line: string): StoredEvent | null => {
  const head = HEAD.exec(line)
  const middle = line.lastIndexOf(METADATA)
  const metadata = line.slice(middle + METADATA.length, -1)
  // Not the last such key where metadata has one of this name inside.
  if (head === null || middle < head[0].length || !line.endsWith('}') || parsed(metadata) === null)
    return fromLine(line)
  const [before, position = '', stream = '', revision = '', id = '', type = '', version, at = ''] = head
  return {
    encoded: { id, type, schemaVersion: Number(version), data: line.slice(before.length, middle), metadata },
    placement: { stream, revision: BigInt(revision), position, recordedAt: Date.parse(at) },
  }
}

const parsed = (line: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
