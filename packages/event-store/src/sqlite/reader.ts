import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { checkEndOfLog } from './check-log.ts'
import { type Failure, sqliteCodeOf, toFailure } from './failure.ts'
import { readFileHeader } from './file-header.ts'
import { createPageReader } from './read-page.ts'
import type { FromReader, Page, PageQuery, ReaderData, ToReader } from './worker-protocol.ts'

/** The reading thread: a connection of its own, which never writes. */
const port = parentPort
if (port === null) throw new Error('runs as a worker thread only')
const { path, readOnly, evenDamaged } = workerData as ReaderData
const post = (message: FromReader): void => port.postMessage(message)

const SQLITE_CANTOPEN = 14

const open = (): DatabaseSync => {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
    database.prepare('SELECT 1 FROM events LIMIT 1').get()
    return database
  } catch (error) {
    // A log in WAL mode on a medium that cannot be written to: no shared-memory file can be made beside it. Without a
    // WAL file nobody has it open, and it may be read as it is.
    if (!readOnly || ((sqliteCodeOf(error) ?? 0) & 0xff) !== SQLITE_CANTOPEN || existsSync(`${path}-wal`))
      throw error
    const url = pathToFileURL(path)
    url.searchParams.set('immutable', '1')
    return new DatabaseSync(url, { readOnly: true })
  }
}

const foreign = (): Failure | null => {
  const header = readFileHeader(path)
  switch (header.kind) {
    case 'ours':
      return null
    case 'missing':
    case 'empty':
      return { code: 'STORE_UNAVAILABLE', data: { reason: 'FILE_MISSING' } }
    case 'foreign':
      return { code: 'FOREIGN_FILE', data: { path, reason: header.reason } }
    default:
      return header satisfies never
  }
}

const openAndTell = (): DatabaseSync | null => {
  try {
    const failure = foreign()
    if (failure !== null) {
      post({ kind: 'refused', failure })
      return null
    }
    const database = open()
    // Beside a writer of this process there is no need: it has looked.
    if (readOnly && !evenDamaged) checkEndOfLog(database, path)
    readPage = createPageReader(database)
    const last = database.prepare('SELECT coalesce(max(position), 0) AS place FROM events').get()
    post({ kind: 'opened', head: (last as { place: number }).place })
    return database
  } catch (error) {
    post({ kind: 'refused', failure: toFailure(error, path) })
    return null
  }
}

let database: DatabaseSync | null = null
let readPage: (query: PageQuery) => Page = () => {
  throw new Error('asked for a page before the log was opened')
}

port.on('message', (message: ToReader) => {
  switch (message.kind) {
    case 'open':
      database = openAndTell()
      if (database === null) port.close()
      return
    case 'close':
      database?.close()
      post({ kind: 'closed' })
      port.close()
      return
    case 'read':
      try {
        post({ kind: 'page', number: message.number, page: readPage(message.query) })
      } catch (error) {
        post({ kind: 'failed', number: message.number, failure: toFailure(error, path) })
      }
      return
    default:
      message satisfies never
  }
})
