import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { databaseFailure } from './database-failure.ts'

const failureOf = (run: () => void): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing failed')
}

describe('what SQLite throws', () => {
  it('is a full disk', () => {
    const db = new DatabaseSync(':memory:')
    db.exec('CREATE TABLE kept (text); PRAGMA max_page_count = 3')
    const insert = db.prepare('INSERT INTO kept VALUES (?)')
    expect(databaseFailure(failureOf(() => insert.run('x'.repeat(20_000))))).toBe('DISK_FULL')
  })

  it('is a file that somebody else writes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'busy-'))
    const [one, other] = [1, 2].map(() => new DatabaseSync(join(folder, 'file.db'), { timeout: 1 }))
    one?.exec('BEGIN IMMEDIATE')
    expect(databaseFailure(failureOf(() => other?.exec('BEGIN IMMEDIATE')))).toBe('TOO_BUSY')
    one?.close()
    other?.close()
    rmSync(folder, { recursive: true })
  })

  it('is a bug for all the rest', () => {
    const db = new DatabaseSync(':memory:')
    expect(databaseFailure(failureOf(() => db.exec('no SQL')))).toBeNull()
    expect(databaseFailure(new Error('anything'))).toBeNull()
  })
})
