import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { allTables } from '../projector/projections.ts'
import { ddlOf } from './ddl.ts'
import { kyselyOver } from './node-sqlite-dialect.ts'

const db = kyselyOver(new DatabaseSync(':memory:'))
const statements = allTables.flatMap((table) => ddlOf(db, table))

const COLUMN = '"[a-z_0-9]+" (text|integer)( not null)?'
const COLUMNS = '\\(("[a-z_0-9]+"(, )?)+\\)'
const TABLE = new RegExp(
  `^create table "[a-z_]+" \\((${COLUMN}, )+constraint "[a-z_]+_key" primary key ${COLUMNS}\\)$`,
)
const INDEX = new RegExp(`^create index "[a-z_]+" on "[a-z_]+" ${COLUMNS}( where [a-z_0-9 (),']+)?$`)

describe('the DDL', () => {
  it.each(statements)('keeps to what SQLite and PostgreSQL both take: %s', (statement) => {
    expect(statement).toMatch(statement.startsWith('create table') ? TABLE : INDEX)
  })

  it('names every table and index once: PostgreSQL has one name space for both', () => {
    const names = statements.map((statement) => /"([a-z_]+)"/.exec(statement)?.[1])
    expect(new Set(names).size).toBe(names.length)
  })
})
