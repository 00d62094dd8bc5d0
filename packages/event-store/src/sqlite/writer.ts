import { accessSync, constants, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { createGroupAppender, type GroupAppender } from './append-group.ts'
import { checkEndOfLog } from './check-log.ts'
import { toFailure } from './failure.ts'
import { readFileHeader } from './file-header.ts'
import { holdLock, lockPathOf } from './hold-lock.ts'
import { APPLICATION_ID, createSchema } from './schema.ts'
import type { AppendRequest, FromWriter, ToWriter, WriterData } from './worker-protocol.ts'

/** The writing thread: the one connection that appends. */
const port = parentPort
if (port === null) throw new Error('runs as a worker thread only')
const { path, maxPages } = workerData as WriterData
const post = (message: FromWriter): void => port.postMessage(message)

/** One transaction at most; keeps the first of many waiting appends from waiting for the last. */
const GROUP_EVENTS = 2_000

const lockPath = lockPathOf(path)

const open = (): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  const mark = database.prepare('PRAGMA application_id').get() as { application_id: number }
  if (mark.application_id !== APPLICATION_ID) createSchema(database)
  checkEndOfLog(database, path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864')
  // SQLite opens a file that may not be written to for reading, without a word: better to hear it now.
  accessSync(path, constants.W_OK)
  if (maxPages !== null) database.exec(`PRAGMA max_page_count = ${maxPages}`)
  return database
}

const serve = (database: DatabaseSync, held: DatabaseSync, appender: GroupAppender): void => {
  const answer = (requests: readonly AppendRequest[]): void => {
    const recordedAt = Date.now()
    post({ kind: 'answered', outcomes: appender.append(requests, recordedAt), recordedAt })
  }
  const close = (): void => {
    database.close()
    held.close()
    post({ kind: 'closed' })
    port.close()
  }
  port.on('message', (first: ToWriter) => {
    // Everything that arrived while the last group was on its way to the disk goes into the next one.
    let group: AppendRequest[] = []
    let events = 0
    let message: ToWriter | undefined = first
    while (message !== undefined && message.kind === 'append') {
      for (const request of message.requests) {
        group.push(request)
        events += request.events.length
        if (events < GROUP_EVENTS) continue
        answer(group)
        group = []
        events = 0
      }
      message = receiveMessageOnPort(port)?.message as ToWriter | undefined
    }
    if (group.length > 0) answer(group)
    if (message?.kind === 'close') close()
  })
}

let file = path
try {
  const header = readFileHeader(path)
  if (header.kind === 'foreign') {
    post({ kind: 'refused', failure: { code: 'FOREIGN_FILE', data: { path, reason: header.reason } } })
  } else {
    mkdirSync(dirname(path), { recursive: true })
    file = lockPath
    const held = holdLock(path)
    file = path
    const database = open()
    const appender = createGroupAppender(database, path)
    serve(database, held, appender)
    post({ kind: 'opened', head: appender.head() })
  }
} catch (error) {
  post({ kind: 'refused', failure: toFailure(error, file) })
}
