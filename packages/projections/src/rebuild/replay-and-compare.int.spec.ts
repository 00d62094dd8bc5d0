import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RecordedEvent } from '@centralino/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openReadModels } from '../open-read-models.ts'
import { sampleLog } from '../testing/sample-log.ts'
import { id } from '../testing/story.ts'
import { replayAndCompare } from './replay-and-compare.ts'

const sample = [...sampleLog({ events: 2_000, agents: 8, atOnce: 6 })]
/** Pages as a store gives them: not all of one size, and none that ends where a commit does. */
async function* log(events: readonly RecordedEvent[] = sample) {
  for (let from = 0, size = 1; from < events.length; from += size, size = (size % 97) + 13)
    yield events.slice(from, from + size)
}

let folder = ''
const livePath = () => join(folder, 'read-models.db')
const scratchPath = () => join(folder, 'read-models.rebuilt.db')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'centralino-rebuild-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const liveUpTo = async (events: number) => {
  const models = await openReadModels({ path: livePath() })
  await models.apply(sample.slice(0, events))
  return models
}
const replay = (options: { swap?: boolean; events?: readonly RecordedEvent[] } = {}) =>
  replayAndCompare({
    pages: log(options.events),
    livePath: livePath(),
    scratchPath: scratchPath(),
    swap: options.swap ?? false,
  })
const tamper = (sql: string) => {
  const database = new DatabaseSync(livePath())
  database.exec(sql)
  database.close()
}

/** 4 KiB of the file, from there on, or from its end where it is negative. */
const overwrite = (path: string, from: number) => {
  const file = openSync(path, 'r+')
  const position = from < 0 ? statSync(path).size + from : from
  writeSync(file, Buffer.alloc(4_096, 0xff), 0, 4_096, position)
  closeSync(file)
}

describe('a replay', () => {
  it('finds the live models equal, at their own position, while a hub has them open', async () => {
    await using _live = await liveUpTo(1_500)
    const result = await replay()
    expect(result).toMatchObject({ events: 1_500, position: sample[1_499]?.position, equal: true })
    expect(result.notCompared).toBeUndefined()
    expect(result.tables).toHaveLength(18)
    expect(result.tables.find(({ table }) => table === 'timeline_entry')?.rows).toBeGreaterThan(100)
    expect(result.swapped).toBe('asked not to')
    expect(existsSync(scratchPath())).toBe(false)
  })

  it('finds them equal when the hub is not running, and leaves nothing behind', async () => {
    const live = await liveUpTo(1_500)
    await live[Symbol.asyncDispose]()
    expect(await replay()).toMatchObject({ equal: true })
    const left = readdirSync(folder).filter((name) => !name.startsWith('read-models.db'))
    expect(left).toEqual([])
  })

  it('compares with the live models as of its beginning, whatever the hub writes meanwhile', async () => {
    await using live = await liveUpTo(1_000)
    async function* slow() {
      for (const event of sample) {
        if (event === sample[500]) await live.apply(sample.slice(1_000))
        yield [event]
      }
    }
    const paths = { livePath: livePath(), scratchPath: scratchPath() }
    const result = await replayAndCompare({ pages: slow(), ...paths, swap: false })
    expect(result).toMatchObject({ events: 1_000, equal: true })
    expect(await live.checkpoint()).toBe(sample.at(-1)?.position)
  })

  it.each([
    [
      'a changed row',
      `update customer set name = 'Mallory' where customer_id = (select min(customer_id) from customer)`,
      { kind: 'differs', columns: [{ column: 'name', live: 'Mallory', rebuilt: null }] },
      'customer',
    ],
    [
      'a missing row',
      `delete from interaction where interaction_id = 'call-1'`,
      { kind: 'onlyRebuilt', key: { interaction_id: 'call-1' } },
      'interaction',
    ],
    [
      'a row too many',
      `insert into queue_quarter values ('zz', 'zz', 1, 0)`,
      { kind: 'onlyLive', key: { queue_id: 'zz', quarter: 'zz' } },
      'queue_quarter',
    ],
  ])('names the first difference: %s', async (_what, sql, firstDifference, table) => {
    const live = await liveUpTo(1_500)
    await live[Symbol.asyncDispose]()
    tamper(sql)
    const result = await replay()
    expect(result.equal).toBe(false)
    const unequal = result.tables.filter(({ equal }) => !equal)
    expect(unequal).toMatchObject([{ table, firstDifference }])
  })

  it('says when the log ends before the live models do', async () => {
    await using _live = await liveUpTo(1_500)
    expect(await replay({ events: sample.slice(0, 1_400) })).toMatchObject({
      equal: false,
      notCompared: 'logEndsBeforeLive',
    })
  })

  it('says when the live rows were made by other rules', async () => {
    const live = await liveUpTo(100)
    await live[Symbol.asyncDispose]()
    tamper(`update checkpoint set views_version = 'older'`)
    expect(await replay()).toMatchObject({ equal: false, notCompared: 'otherViewsVersion' })
  })

  it('builds over what an interrupted one left', async () => {
    await using _live = await liveUpTo(1_500)
    writeFileSync(scratchPath(), 'half a database')
    writeFileSync(`${scratchPath()}-journal`, 'half a journal')
    expect(await replay()).toMatchObject({ equal: true })
  })
})

describe('the swap', () => {
  it('repairs tampered models; the hub then reads on from their checkpoint', async () => {
    const live = await liveUpTo(1_500)
    await live[Symbol.asyncDispose]()
    tamper(`update interaction set status = 'open'`)
    expect(await replay({ swap: true })).toMatchObject({ equal: false, swapped: 'done' })
    expect(await replay()).toMatchObject({ equal: true, events: 1_500 })

    await using again = await openReadModels({ path: livePath() })
    expect(await again.checkpoint()).toBe(sample[1_499]?.position)
    await again.apply(sample)
    expect(await replay()).toMatchObject({ equal: true, events: sample.length })
  })

  it('makes the models where there are none, from the whole log', async () => {
    expect(await replay({ swap: true })).toMatchObject({ notCompared: 'noLiveModels', swapped: 'done' })
    await using models = await openReadModels({ path: livePath() })
    expect(await models.checkpoint()).toBe(sample.at(-1)?.position)
    expect(await models.interaction(id.interaction('call-1'))).toMatchObject({ status: 'closed' })
  })

  it.each([
    ['cut off', (path: string) => truncateSync(path, 10_000)],
    ['with a page overwritten', (path: string) => overwrite(path, -8_192)],
    ['with its schema overwritten', (path: string) => overwrite(path, 200)],
  ])('takes the place of models that are damaged: %s', async (_what, damage) => {
    const live = await liveUpTo(1_500)
    await live[Symbol.asyncDispose]()
    damage(livePath())
    expect(await replay({ swap: true })).toMatchObject({ notCompared: 'liveDamaged', swapped: 'done' })
    expect(await replay()).toMatchObject({ equal: true })
    await using models = await openReadModels({ path: livePath() })
    expect(await models.interaction(id.interaction('call-1'))).toMatchObject({ status: 'closed' })
  })

  it("leaves another program's file alone", async () => {
    writeFileSync(livePath(), 'a letter\n'.repeat(100))
    await expect(replay({ swap: true })).rejects.toMatchObject({ code: 'FOREIGN_FILE' })
    expect(readFileSync(livePath(), 'utf8')).toContain('a letter')
  })

  it('is refused while a hub has them open', async () => {
    await using live = await liveUpTo(1_500)
    expect(await replay({ swap: true })).toMatchObject({ equal: true, swapped: 'READ_MODELS_IN_USE' })
    expect(existsSync(scratchPath())).toBe(false)
    await live.apply(sample)
    expect(await live.checkpoint()).toBe(sample.at(-1)?.position)
  })
})
