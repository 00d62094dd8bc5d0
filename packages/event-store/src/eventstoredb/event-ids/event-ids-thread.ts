import { parentPort, workerData } from 'node:worker_threads'
import { isEventStoreError } from '../../event-store-error.ts'
import { type Failure, toFailure } from '../../sqlite/failure.ts'
import type { Opened } from '../../sqlite/worker-protocol.ts'
import { type EventIdsFile, openEventIdsFile } from './event-ids-file.ts'
import type { EventIdsData, FromEventIds, ToEventIds } from './protocol.ts'

/** The thread of the index of event ids. */
const port = parentPort
if (port === null) throw new Error('runs as a worker thread only')
const { path } = workerData as EventIdsData
const post = (message: FromEventIds | Opened): void => port.postMessage(message)

const failureOf = (error: unknown): Failure =>
  isEventStoreError(error, 'FOREIGN_FILE') ? { code: error.code, data: error.data } : toFailure(error, path)

const answer = (file: EventIdsFile, message: Exclude<ToEventIds, { kind: 'close' }>): void => {
  const { kind, number } = message
  switch (kind) {
    case 'add':
      file.add(message.events, message.newest)
      post({ kind: 'done', number, found: [] })
      break
    case 'find':
      post({ kind: 'done', number, found: file.find(message.ids) })
      break
    case 'newest':
      post({ kind: 'newest', number, newest: file.newest() })
      break
    case 'clear':
      file.clear()
      post({ kind: 'done', number, found: [] })
      break
  }
}

try {
  const file = openEventIdsFile(path)
  port.on('message', (message: ToEventIds) => {
    if (message.kind === 'close') {
      file.close()
      post({ kind: 'closed' })
      port.close()
      return
    }
    try {
      answer(file, message)
    } catch (error) {
      post({ kind: 'failed', number: message.number, failure: failureOf(error) })
    }
  })
  post({ kind: 'opened', head: 0 })
} catch (error) {
  post({ kind: 'refused', failure: failureOf(error) })
}
