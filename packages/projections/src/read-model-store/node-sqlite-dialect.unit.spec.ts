import { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { expect, it } from 'vitest'
import { Projector } from '../projector/projector.ts'
import { kyselyOver } from './node-sqlite-dialect.ts'

const opened = () => {
  const database = new DatabaseSync(':memory:')
  const db = kyselyOver(database)
  new Projector(database, db)
  return db
}

it('gives rows of a select and counts of a change', async () => {
  const db = opened()
  const values = { queue_id: 'q', quarter: '2026-11-24T08:00:00.000Z', answered: 1, abandoned: 0 }
  const inserted = await db
    .insertInto('queue_quarter')
    .values(values as never)
    .executeTakeFirst()
  expect(inserted.numInsertedOrUpdatedRows).toBe(1n)
  const returned = await db.updateTable('queue_quarter').set({ answered: 2 }).returning('answered').execute()
  expect(returned).toEqual([{ answered: 2 }])
  expect(await db.selectFrom('queue_quarter').selectAll().execute()).toEqual([{ ...values, answered: 2 }])
})

it('rolls a failed transaction back', async () => {
  const db = opened()
  const failing = db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('checkpoint').execute()
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await db.selectFrom('checkpoint').selectAll().execute()).toHaveLength(1)
})

it.each([[true], [undefined], [new Date(0)], [2 ** 60]])('refuses %o as a parameter', async (value) => {
  const db: Kysely<never> = opened() as never
  const query = db
    .selectFrom('agent' as never)
    .selectAll()
    .where('name' as never, '=', value as never)
  await expect(query.execute()).rejects.toThrow(/^parameter 1: /)
})
