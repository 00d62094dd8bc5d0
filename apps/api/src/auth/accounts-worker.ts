import { parentPort, workerData } from 'node:worker_threads'
import type { AccountsReply, AccountsRequest } from './accounts.ts'
import { openAccountsDatabase } from './accounts-database.ts'

const port = parentPort
if (port === null) throw new Error('runs as a worker only')

/** SQLite's result codes (sqlite3.h): the low byte is the primary one. */
const SQLITE_BUSY = 5
const SQLITE_FULL = 13

const codeOf = (error: unknown): 'DISK_FULL' | 'TOO_BUSY' | null => {
  const given = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : null
  if (given === SQLITE_FULL) return 'DISK_FULL'
  return given === SQLITE_BUSY ? 'TOO_BUSY' : null
}

const database = openAccountsDatabase(String(workerData.path))
const reply = (message: AccountsReply): void => port.postMessage(message)

port.on('message', ({ id, method, args }: AccountsRequest) => {
  try {
    const call = database[method] as (...args: readonly unknown[]) => unknown
    reply({ id, ok: true, result: call(...args) })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    reply({ id, ok: false, message, code: codeOf(error) })
  }
  if (method === 'close') port.close()
})
reply({ id: 0, ok: true, result: null })
