import type { Writable } from 'node:stream'
import type { EdgeLog } from '../edge-contract/edge-log.ts'

/** Errors as data: name, message, stack and code. */
const plain = (_key: string, value: unknown): unknown =>
  value instanceof Error
    ? {
        name: value.name,
        message: value.message,
        stack: value.stack,
        ...('code' in value ? { code: value.code } : {}),
      }
    : value

/** Most bytes that may wait for a reader; what comes after is dropped rather than kept. */
const MOST_BYTES_WAITING = 1_048_576

/** One JSON object a line: `{level, time, msg, …}`. A reader that went away is no reason to stop. */
export const createLineLog = (stream: Writable): EdgeLog => {
  let open = true
  stream.on('error', () => {
    open = false
  })
  const write = (level: keyof EdgeLog, data: object, msg: string): void => {
    if (!open || stream.writableLength > MOST_BYTES_WAITING) return
    stream.write(`${JSON.stringify({ level, time: new Date().toISOString(), msg, ...data }, plain)}\n`)
  }
  return {
    debug: (data, message) => write('debug', data, message),
    info: (data, message) => write('info', data, message),
    warn: (data, message) => write('warn', data, message),
    error: (data, message) => write('error', data, message),
  }
}
