import { DatabaseSync } from 'node:sqlite'
import type { Instant } from '@centralino/domain'
import { expect, it } from 'vitest'
import { allTables } from '../projector/projections.ts'
import { Projector } from '../projector/projector.ts'
import { id } from '../testing/story.ts'
import { kyselyOver } from './node-sqlite-dialect.ts'
import { RowSession } from './row-session.ts'
import type { Row } from './tables.ts'

const session = () => {
  const database = new DatabaseSync(':memory:')
  const kysely = kyselyOver(database)
  new Projector(database, kysely)
  return { rows: new RowSession(database, kysely, allTables), database }
}

const quarter = (at: string, answered: number): Row<'queue_quarter'> => ({
  queue_id: id.queue('q'),
  quarter: at as Instant,
  answered,
  abandoned: 0,
})

it('reads back what was put, before and after it is written', () => {
  const { rows, database } = session()
  rows.put('queue_quarter', quarter('a', 1))
  expect(rows.get('queue_quarter', 'q', 'a')?.answered).toBe(1)
  expect(database.prepare('select * from queue_quarter').all()).toEqual([])
  rows.flush()
  rows.forget()
  expect(rows.get('queue_quarter', 'q', 'a')?.answered).toBe(1)
})

it('writes a row that was put twice as it was put last', () => {
  const { rows, database } = session()
  rows.put('queue_quarter', quarter('a', 1))
  rows.flush()
  rows.put('queue_quarter', quarter('a', 2))
  rows.put('queue_quarter', quarter('a', 3))
  rows.flush()
  expect(database.prepare('select answered from queue_quarter').all()).toEqual([{ answered: 3 }])
})

it('removes rows, and a removed one can be put again', () => {
  const { rows, database } = session()
  rows.put('queue_quarter', quarter('a', 1))
  rows.flush()
  rows.remove('queue_quarter', 'q', 'a')
  expect(rows.get('queue_quarter', 'q', 'a')).toBeNull()
  rows.flush()
  expect(database.prepare('select * from queue_quarter').all()).toEqual([])
  rows.put('queue_quarter', quarter('a', 5))
  rows.flush()
  expect(database.prepare('select answered from queue_quarter').all()).toEqual([{ answered: 5 }])
})

it('finds rows by other columns than the key, those not yet written among them', () => {
  const { rows } = session()
  rows.put('queue_quarter', quarter('b', 1))
  rows.put('queue_quarter', quarter('a', 1))
  rows.put('queue_quarter', quarter('c', 2))
  expect(rows.where('queue_quarter', { answered: 1 }).map((row) => row.quarter)).toEqual(['a', 'b'])
})

const move = (position: string, interaction: string): Row<'timeline_move'> => ({
  customer_id: id.customer('c'),
  position,
  interaction_id: id.interaction(interaction),
})

it('knows a row of a table that is only appended to by its key, written or not, removed or put again', () => {
  const { rows, database } = session()
  const known = () => rows.get('timeline_move', 'c', 'a')?.interaction_id ?? null
  expect(known()).toBeNull()
  rows.put('timeline_move', move('a', 'i'))
  expect(known()).toBe('i')
  rows.put('timeline_move', move('a', 'j'))
  expect(known()).toBe('j')
  rows.remove('timeline_move', 'c', 'a')
  expect(known()).toBeNull()
  rows.put('timeline_move', move('a', 'k'))
  rows.put('timeline_move', move('b', 'k'))
  expect(known()).toBe('k')
  rows.flush()
  expect(database.prepare('select position, interaction_id from timeline_move').all()).toEqual([
    { position: 'a', interaction_id: 'k' },
    { position: 'b', interaction_id: 'k' },
  ])
})

it('refuses a row with a column left out', () => {
  const { rows } = session()
  const { answered: _answered, ...short } = quarter('a', 1)
  rows.put('queue_quarter', short as Row<'queue_quarter'>)
  expect(() => rows.flush()).toThrow('queue_quarter.answered')
})

it('patches nothing where there is no row', () => {
  const { rows } = session()
  rows.patch('interaction', 'i', { note: 'x' })
  expect(rows.get('interaction', 'i')).toBeNull()
})
