import { type DestinationStream, destination, type Logger, pino } from 'pino'

/**
 * Paths whose values never reach the log: secrets, and what names a person. Code should not log them in the first
 * place; this is the second lock.
 */
const REDACTED = [
  'password',
  'newPassword',
  'token',
  'cookie',
  'authorization',
  'secret',
  'email',
  'address',
  'name',
  'from',
  'to',
  'fromRaw',
  'toRaw',
  'subject',
  'text',
  'note',
  'excerpt',
] as const

export type Log = Logger

/** JSON lines on standard error, written off the event loop's path; `flush` it before the process ends. */
export const createLogger = (level: string, to?: DestinationStream): Log =>
  pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: REDACTED.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]),
        censor: '[redacted]',
      },
      serializers: { error: describeError, err: describeError },
    },
    to ?? destination({ dest: 2, sync: false, minLength: 0 }),
  )

/**
 * An error's type, code, message (first 500 characters) and first frames; its other fields may hold anything and stay out.
 * One that the voice edge told as data (`name`, `message`, `code`, `stack`) is described in the same way.
 */
export const describeError = (error: unknown): Record<string, unknown> => {
  if (typeof error !== 'object' || error === null) return { type: typeof error }
  const { name, message, code, stack } = error as Readonly<Record<string, unknown>>
  if (typeof message !== 'string') return { type: typeof error }
  return {
    type: typeof name === 'string' ? name : 'Error',
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: message.slice(0, 500),
    ...(typeof stack === 'string' ? { stack: stack.split('\n').slice(1, 12).join('\n') } : {}),
  }
}
