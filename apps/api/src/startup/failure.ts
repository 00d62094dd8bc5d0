import { isEventStoreError } from '@centralino/event-store'
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
  const what = cause instanceof Error ? cause.message : String(cause)
  return [
    part === null ? 'The hub failed.' : `The hub failed: ${part}.`,
    `  ${what}`,
    ...(advice ? [`  ${advice}`] : []),
  ].join('\n')
}

const IN_USE = 'Another hub runs on this data folder. Stop it, or choose another HUB_DATA_DIR.'

export const STORE_AWAY =
  'No leader of the cluster in EVENT_STORE_URL answers: do its nodes run, and does the URL name them, tls=true or false as they are?'

const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'Another program listens there. Stop it, or choose another port with HUB_HTTP_PORT (0: any free port).',
  EACCES: 'This user may not do that: look at who owns the data folder, and use ports from 1024 up.',
  DISK_FULL: 'Make room on the disk; nothing that was acknowledged is lost.',
  READ_ONLY: 'The data folder (HUB_DATA_DIR) cannot be written to.',
  FOREIGN_FILE:
    'A file in the data folder is not ours or is of a newer version. Choose another HUB_DATA_DIR.',
  POSITION_AHEAD:
    'The read models know events that the log does not have: was the log put back from a backup? Rebuild them with `npm run hub -- replay --swap`.',
  READ_MODELS_IN_USE: IN_USE,
  PROJECTION_FAILED: 'That is a bug; please report it with the line above. The log itself is whole.',
  ADAPTER_MISSING: 'Set EVENT_STORE_URL to sqlite:<path> or esdb://<host>:2113, or leave it out.',
}

const adviceFor = (cause: unknown): string | null => {
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return null
  if (isEventStoreError(cause, 'STORE_UNAVAILABLE') && cause.data.reason === 'LOCKED_BY_ANOTHER_PROCESS')
    return IN_USE
  if (isEventStoreError(cause, 'STORE_UNAVAILABLE')) return STORE_AWAY
  return ADVICE[cause.code] ?? null
}
