import { type EventStoreErrorData, isEventStoreError } from '@centralino/event-store'
import { ConfigError } from '../config.ts'

/** A part of the hub failed, at the start or later; the hub cannot go on without it. */
export class PartFailed extends Error {
  readonly part: string
  /** The next step, where the part knows one. */
  readonly advice: string | null

  constructor(part: string, cause: unknown, advice: string | null = null) {
    super(`${part}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.part = part
    this.advice = advice
  }
}

/** Runs one part's start; its failure names the part. */
export const starting = async <T>(part: string, start: () => Promise<T>): Promise<T> => {
  try {
    return await start()
  } catch (error) {
    throw error instanceof PartFailed ? error : new PartFailed(part, error)
  }
}

/** What a person reads when the hub cannot start or go on: what happened and the next step. */
export const failureText = (error: unknown): string => {
  if (error instanceof ConfigError) return error.message
  const part = error instanceof PartFailed ? error.part : null
  const cause = error instanceof PartFailed ? error.cause : error
  const advice = adviceFor(cause) ?? (error instanceof PartFailed ? error.advice : null)
  return [
    part === null ? 'The hub failed.' : `The hub failed: ${part}.`,
    `  ${whatHappened(cause)}`,
    ...(advice ? [`  ${advice}`] : []),
  ].join('\n')
}

/** The same of an error alone, for the command line; null for one that nobody foresaw. */
export const inWords = (error: unknown): string | null => {
  const advice = adviceFor(error)
  return advice === null ? null : `${whatHappened(error)}\n  ${advice}`
}

const IN_USE = 'Another hub runs on this data folder. Stop it, or choose another HUB_DATA_DIR.'
const STORE_AWAY =
  'No leader of the cluster in EVENT_STORE_URL answers: do its nodes run, and does the URL name them, tls=true or false as they are?'
const NO_ROOM = 'Make room on the disk; nothing that was acknowledged is lost.'
const NO_FOLDER = 'HUB_DATA_DIR must name a folder.'
const NOT_WRITABLE =
  'Look at who owns the data folder (HUB_DATA_DIR) and its files, and whether its disk may be written to.'
const NOT_OURS = 'It was left as it is. Move it away, or choose another HUB_DATA_DIR.'
const DAMAGED =
  'Keep it, and put back the last copy of the data folder; or choose another HUB_DATA_DIR and begin anew.'

/** By the codes of the system, of Node and of our own parts. */
const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'Another program listens there. Stop it, or choose another port with HUB_HTTP_PORT (0: any free port).',
  EADDRNOTAVAIL: 'Set HUB_HTTP_ADDRESS to an address that this machine has.',
  EACCES: 'This user may not do that: look at who owns the data folder, and use ports from 1024 up.',
  EPERM: NOT_WRITABLE,
  EROFS: NOT_WRITABLE,
  EEXIST: NO_FOLDER,
  ENOTDIR: NO_FOLDER,
  ENOSPC: NO_ROOM,
  EDQUOT: NO_ROOM,
  DISK_FULL: NO_ROOM,
  READ_ONLY: NOT_WRITABLE,
  FOREIGN_FILE: NOT_OURS,
  FILE_DAMAGED:
    'The log is not touched by it. Make the read models anew with `npm run hub -- replay --swap`.',
  POSITION_AHEAD:
    'Was the log put back from a copy? Move read-models.db*, reactors and outbox.json out of the data folder: the hub makes them anew from the log.',
  READ_MODELS_IN_USE: IN_USE,
  PROJECTION_FAILED: 'That is a bug; please report it with the line above. The log itself is whole.',
  ADAPTER_MISSING: 'Set EVENT_STORE_URL to sqlite:<path> or esdb://<host>:2113, or leave it out.',
}

/** Primary result codes, https://sqlite.org/rescode.html: of a file that has no words of its own. */
const SQLITE_ADVICE: Readonly<Record<number, string>> = {
  5: IN_USE,
  8: NOT_WRITABLE,
  11: DAMAGED,
  13: NO_ROOM,
  14: NOT_WRITABLE,
  26: NOT_OURS,
}

/** Pages of the log contradict each other (SQLite's code 11) or its end is missing; the file is not another's. */
const isDamage = ({ reason }: EventStoreErrorData['FOREIGN_FILE']): boolean =>
  reason === 'SQLITE_11' || reason === 'CUT_SHORT'

/** The words by which the adapter of a cluster says that nobody answers, and not that a file cannot be opened. */
const OF_SERVERS =
  /^(?:GRPC_\d+|TIMED_OUT|NOT_LEADER|UNAVAILABLE|CANCELLED|TIMEOUT|DEADLINE_EXCEEDED|ACCESS_DENIED|FEED_BEHIND)$/
const isOfServer = (reason: string): boolean => OF_SERVERS.test(reason)

const adviceFor = (cause: unknown): string | null => {
  if (!(cause instanceof Error)) return null
  if (isEventStoreError(cause, 'STORE_UNAVAILABLE') && cause.data.reason === 'LOCKED_BY_ANOTHER_PROCESS')
    return IN_USE
  if (isEventStoreError(cause, 'STORE_UNAVAILABLE') && isOfServer(cause.data.reason)) return STORE_AWAY
  if (isEventStoreError(cause, 'FOREIGN_FILE')) {
    if (cause.data.reason === 'LATER_VERSION')
      return 'Start the newer Centralino that wrote it, or choose another HUB_DATA_DIR.'
    return isDamage(cause.data) ? DAMAGED : NOT_OURS
  }
  if ('errcode' in cause && typeof cause.errcode === 'number')
    return SQLITE_ADVICE[cause.errcode & 0xff] ?? null
  return 'code' in cause && typeof cause.code === 'string' ? (ADVICE[cause.code] ?? null) : null
}

/** The event store's errors carry words for programs; everybody else's have a sentence. */
const whatHappened = (cause: unknown): string => {
  if (isEventStoreError(cause, 'FOREIGN_FILE')) {
    const { path, reason } = cause.data
    return `${path} is ${isDamage(cause.data) ? 'damaged' : 'no log of ours'} (${reason}).`
  }
  if (isEventStoreError(cause, 'DISK_FULL')) return `The disk is full (${cause.data.reason}).`
  if (isEventStoreError(cause, 'READ_ONLY')) return `It cannot be written to (${cause.data.reason}).`
  if (isEventStoreError(cause, 'STORE_UNAVAILABLE')) return `It cannot be opened (${cause.data.reason}).`
  if (isEventStoreError(cause, 'POSITION_AHEAD')) {
    const { position, head } = cause.data
    return `Position ${position} is known, but the log ${head === null ? 'is empty' : `ends at ${head}`}.`
  }
  return cause instanceof Error ? cause.message : String(cause)
}
