import { DatabaseSync } from 'node:sqlite'
import type { NewEvent } from '@centralino/domain'
import { counted } from '../../contract/sample-events.ts'
import { uuidv7 } from '../../ids/uuidv7.ts'
import { createSqliteEventStore } from '../../sqlite/create-sqlite-event-store.ts'

/**
 * The process that is killed: `node victim.ts <log> <read model> <run>`. Writers append to the log and write a line for
 * each answer, `id id …`, straight to the pipe; a projection writes what it is told with its checkpoint in one
 * transaction.
 */
const [logPath = '', readModelPath = '', run = ''] = process.argv.slice(2)

const WRITERS = 12

const store = await createSqliteEventStore({ path: logPath })

const readModel = new DatabaseSync(readModelPath)
readModel.exec(`
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS seen (id TEXT NOT NULL, position TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS checkpoint (position TEXT NOT NULL);
`)
const checkpoint = readModel.prepare('SELECT max(position) AS position FROM checkpoint').get() as {
  position: string | null
}
const insertSeen = readModel.prepare('INSERT INTO seen VALUES (?, ?)')
const insertCheckpoint = readModel.prepare('INSERT INTO checkpoint VALUES (?)')

store.subscribe(checkpoint.position, {
  onEvents: (events) => {
    readModel.exec('BEGIN; DELETE FROM checkpoint')
    for (const { id, position } of events) insertSeen.run(id, position)
    insertCheckpoint.run(events.at(-1)?.position ?? '')
    readModel.exec('COMMIT')
  },
})

/** Appends of one to four events, each telling its siblings, so that half an append can be told from a whole one. */
const write = async (writer: number): Promise<never> => {
  const stream = `writer-${run}-${writer}`
  for (let revision = -1n; ; ) {
    const length = 1 + Math.floor(Math.random() * 4)
    const append = uuidv7()
    const events: NewEvent[] = Array.from({ length }, (_, index) => ({
      ...counted(index),
      data: { append, of: length, filler: 'x'.repeat(Math.floor(Math.random() * 2_000)) },
    }))
    const appended = await store.append(stream, revision === -1n ? 'noStream' : revision, events)
    revision = appended.revision
    // A pipe is written to at once, so nothing that is acknowledged here can be lost with this process's memory.
    process.stdout.write(`${events.map((event) => event.id).join(' ')}\n`)
  }
}

await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
