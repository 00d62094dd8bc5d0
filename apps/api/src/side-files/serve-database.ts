import { parentPort, workerData } from 'node:worker_threads'
import { databaseFailure } from './database-failure.ts'
import type { Database, DatabaseReply, DatabaseRequest } from './database-thread.ts'

/** The thread's side of `openDatabaseThread`: opens the file and answers, until it is closed. */
export const serveDatabase = (open: (path: string) => Database): void => {
  const port = parentPort
  if (port === null) throw new Error('runs as a worker only')
  const database = open(String(workerData.path))
  const reply = (message: DatabaseReply): void => port.postMessage(message)

  port.on('message', ({ id, method, args }: DatabaseRequest) => {
    try {
      const call = database[method] as (...args: readonly unknown[]) => unknown
      reply({ id, ok: true, result: call(...args) })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      reply({ id, ok: false, message, code: databaseFailure(error) })
    }
    if (method === 'close') port.close()
  })
  reply({ id: 0, ok: true, result: null })
}
