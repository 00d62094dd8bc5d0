import { DatabaseSync } from 'node:sqlite'
import type { RecordedEvent } from '@centralino/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kyselyOver } from '../read-model-store/node-sqlite-dialect.ts'
import { sampleLog } from '../testing/sample-log.ts'
import { id, Story } from '../testing/story.ts'
import { allTables } from './projections.ts'
import { Projector } from './projector.ts'

const open = (database = new DatabaseSync(':memory:')) => ({
  database,
  projector: new Projector(database, kyselyOver(database)),
})

const dump = (database: DatabaseSync) =>
  allTables.map(({ name, key }) => ({
    name,
    rows: database.prepare(`select * from "${name}" order by ${key.join()}`).all(),
  }))

const sample = [...sampleLog({ events: 400, agents: 6, atOnce: 5 })]
const whole = open()
whole.projector.apply(sample)
const expected = dump(whole.database)

/** The sample cut at these places. */
const cut = (places: readonly number[]): readonly (readonly RecordedEvent[])[] => {
  const at = [0, ...places.toSorted((a, b) => a - b), sample.length]
  return at.slice(1).map((end, index) => sample.slice(at[index], end))
}
const places = fc.array(fc.nat({ max: sample.length }), { maxLength: 12 })

describe('exactly once', () => {
  it('folds something into every table of the sample, so that the rules below can fail', () => {
    const empty = expected.filter(({ rows }) => rows.length === 0).map(({ name }) => name)
    expect(empty).toEqual(['waiting'])
  })

  it('gives the same rows however the events are cut into batches', () => {
    fc.assert(
      fc.property(places, (cuts) => {
        const { database, projector } = open()
        for (const batch of cut(cuts)) projector.apply(batch)
        expect(dump(database)).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  it('gives the same rows when batches come again, overlapping', () => {
    fc.assert(
      fc.property(places, fc.nat({ max: 50 }), (cuts, overlap) => {
        const { database, projector } = open()
        let before = 0
        for (const batch of cut(cuts)) {
          projector.apply(sample.slice(Math.max(0, before - overlap), before + batch.length))
          before += batch.length
        }
        expect(dump(database)).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  it('gives the same rows when a process dies before a commit and another begins at the checkpoint', () => {
    fc.assert(
      fc.property(fc.nat({ max: sample.length - 1 }), fc.integer({ min: 1, max: 60 }), (from, batch) => {
        const { database, projector } = open()
        projector.apply(sample.slice(0, from))
        const committed = dump(database)

        // Everything is written but the commit never comes.
        const exec = database.exec.bind(database)
        database.exec = (sql) => {
          if (sql === 'commit') throw new Error('killed')
          exec(sql)
        }
        expect(() => projector.apply(sample.slice(from, from + batch))).toThrow('killed')
        database.exec = exec
        expect(dump(database)).toEqual(committed)

        const again = open(database).projector
        const { checkpoint } = again
        again.apply(sample.filter((event) => checkpoint === null || event.position > checkpoint))
        expect(dump(database)).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  it('applies a batch again after a failure in the same process', () => {
    const at = sample.findIndex(({ type }) => type === 'CallReceived')
    const { database, projector } = open()
    projector.apply(sample.slice(0, at))
    const broken = { ...sample[at], data: null } as RecordedEvent
    expect(() => projector.apply([broken, ...sample.slice(at + 1)])).toThrow()
    projector.apply(sample.slice(at))
    expect(dump(database)).toEqual(expected)
  })

  it('says what it passed over', () => {
    const { projector } = open()
    projector.apply(sample.slice(0, 10))
    expect(projector.apply(sample.slice(0, 10))).toBeNull()
    projector.apply(sample.slice(5, 12))
    expect(projector.statistics).toEqual({ applied: 12, skipped: 15, unknownTypes: {} })
  })
})

describe('what it does not know', () => {
  const strange = (type: string, place: number): RecordedEvent => ({
    ...(sample[0] as RecordedEvent),
    type,
    position: String(place).padStart(16, '0'),
  })

  it('passes over events of unknown types, counts them and moves on', () => {
    const { projector } = open()
    projector.apply([strange('MoonLanded', 1), strange('MoonLanded', 2), strange('SunRose', 3)])
    expect(projector.statistics.unknownTypes).toEqual({ MoonLanded: 2, SunRose: 1 })
    expect(projector.checkpoint).toBe('0000000000000003')
  })

  it('counts at most a hundred types by name', () => {
    const { projector } = open()
    projector.apply(Array.from({ length: 150 }, (_, index) => strange(`Type${index}`, index + 1)))
    expect(Object.keys(projector.statistics.unknownTypes)).toHaveLength(101)
    expect(projector.statistics.unknownTypes).toMatchObject({ others: 50 })
  })

  it('names the event that it cannot fold, and keeps the batch out', () => {
    const { database, projector } = open()
    const broken = { ...strange('InteractionOpened', 7), data: { interactionId: 'i' } } as RecordedEvent
    expect(() => projector.apply([broken])).toThrow(
      expect.objectContaining({ code: 'PROJECTION_FAILED', message: expect.stringContaining(broken.id) }),
    )
    expect(projector.checkpoint).toBeNull()
    expect(database.isTransaction).toBe(false)
  })
})

describe('a full disk', () => {
  it('refuses the batch whole, and takes it again once there is room', () => {
    const { database, projector } = open()
    projector.apply(sample.slice(0, 100))
    const before = dump(database)
    const { page_count: pages } = database.prepare('pragma page_count').get() as { page_count: number }
    database.exec(`pragma max_page_count = ${pages + 1}`)
    expect(() => projector.apply(sample.slice(100))).toThrow(expect.objectContaining({ code: 'DISK_FULL' }))
    expect(dump(database)).toEqual(before)
    expect(projector.checkpoint).toBe(sample[99]?.position)
    database.exec('pragma max_page_count = 1000000')
    projector.apply(sample.slice(100))
    expect(dump(database)).toEqual(expected)
  })
})

describe('opening', () => {
  it('resumes at the checkpoint of the file', () => {
    const { database, projector } = open()
    projector.apply(sample.slice(0, 10))
    expect(open(database).projector.checkpoint).toBe(sample[9]?.position)
  })

  it('begins anew over rows that other rules have made', () => {
    const { database, projector } = open()
    projector.apply(sample)
    database.exec(`update checkpoint set views_version = 'older'`)
    const again = open(database).projector
    expect(again.checkpoint).toBeNull()
    expect(database.prepare('select * from interaction').all()).toEqual([])
    again.apply(sample)
    expect(dump(database)).toEqual(expected)
  })

  it('leaves a database of somebody else alone', () => {
    const database = new DatabaseSync(':memory:')
    database.exec('create table theirs (a text)')
    expect(() => open(database)).toThrow(expect.objectContaining({ code: 'FOREIGN_FILE' }))
    expect(database.prepare('select count(*) as n from theirs').get()).toEqual({ n: 0 })
  })
})

describe('the change that listeners are told', () => {
  it('names every id whose rows changed, the one that lost an interaction too', () => {
    const { projector } = open()
    const story = new Story().customer('a', 'A').customer('b', 'B').call('i', 'a')
    projector.apply(story.events)
    story.add('InteractionCustomerChosen', {
      interactionId: id.interaction('i'),
      from: id.customer('a'),
      to: id.customer('b'),
      agentId: id.agent('sofia'),
    })
    const change = projector.apply(story.events)
    expect([...(change?.touched.customerIds ?? [])].sort()).toEqual(['a', 'b'])
    expect([...(change?.touched.interactionIds ?? [])]).toEqual(['i'])
  })
})
