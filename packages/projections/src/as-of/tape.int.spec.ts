import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instant, RecordedEvent } from '@centralino/domain'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { QueryName } from '../query-names.ts'
import { readModelsInMemory } from '../read-models-in-memory.ts'
import { sampleLog } from '../testing/sample-log.ts'
import { Keyframes } from './keyframes.ts'
import { Tape } from './tape.ts'

const folder = mkdtempSync(join(tmpdir(), 'centralino-tape-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sample = [...sampleLog({ events: 6_000, agents: 6, atOnce: 5 })]
const positionAt = (index: number): string => sample[index]?.position ?? ''

let made = 0
const newTape = (events: readonly RecordedEvent[] = sample, keyframes?: Keyframes) => {
  made += 1
  const reads: number[] = []
  const tape = new Tape({
    name: `tape-${made}`,
    keyframes: keyframes ?? new Keyframes(join(folder, `keyframes-${made}`)),
    async *readAll(after, limit) {
      const from = after === null ? 0 : events.findIndex(({ position }) => position > after)
      reads.push(from)
      if (from >= 0) yield* events.slice(from, limit === undefined ? undefined : from + limit)
    },
  })
  return { tape, reads }
}

const MIDNIGHT = '2026-11-24T00:00:00.000Z'
const QUESTIONS: readonly (readonly [QueryName, ...unknown[]])[] = [
  ['queueBoard', MIDNIGHT],
  ['agents'],
  ['customers', { first: 100 }],
  ['inbox', 'agent-0'],
  ['timeline', 'customer-phone-1', { first: 100 }],
  ['interactions', 'customer-phone-1', { first: 100 }],
  ['contactPoints', 'customer-phone-1'],
  ['undeliveredMails'],
  ['replays', { first: 10 }],
]

/** What the live read models answered when this was the last event that they had folded in. */
const livedAt = async (index: number): Promise<unknown[]> => {
  await using models = readModelsInMemory()
  await models.apply(sample.slice(0, index + 1))
  const ask = models as unknown as Record<string, (...parameters: readonly unknown[]) => Promise<unknown>>
  return await Promise.all(QUESTIONS.map(([name, ...parameters]) => ask[name]?.(...parameters)))
}

const toldAt = async (tape: Tape, index: number): Promise<unknown[]> => {
  const answers: unknown[] = []
  for (const [name, ...parameters] of QUESTIONS)
    answers.push(await tape.ask({ position: positionAt(index) }, name, parameters))
  return answers
}

describe('a tape', () => {
  it('tells at any position what the live read models told there, wound this way and that', async () => {
    const places = fc.array(fc.nat({ max: sample.length - 1 }), { minLength: 2, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(places, async (visited) => {
        const { tape } = newTape()
        for (const index of visited) expect(await toldAt(tape, index)).toEqual(await livedAt(index))
        await tape.close()
      }),
      { numRuns: 8 },
    )
  })

  it('tells the same step by step, forwards and backwards', async () => {
    const { tape } = newTape()
    const steps = Array.from({ length: 40 }, (_, index) => 900 + index * 3)
    const forwards: unknown[] = []
    for (const index of steps) forwards.push(await toldAt(tape, index))
    const backwards: unknown[] = []
    for (const index of steps.toReversed()) backwards.unshift(await toldAt(tape, index))
    expect(backwards).toEqual(forwards)
    expect(forwards.at(-1)).toEqual(await livedAt(steps.at(-1) ?? 0))
    await tape.close()
  })

  it('stands at an instant as the log had it then, and before everything when nothing was on record', async () => {
    const { tape } = newTape()
    const instant = sample[777]?.recordedAt as Instant
    const last = sample.findLast((event) => event.recordedAt <= instant)
    expect(await tape.seek({ instant })).toEqual({ position: last?.position, recordedAt: last?.recordedAt })
    expect(await tape.seek({ instant: '2020-01-01T00:00:00.000Z' as Instant })).toBeNull()
    expect(await tape.ask({ position: '' }, 'agents', [])).toEqual([])
    await tape.close()
  })

  it('takes steps back without reading the log', async () => {
    const { tape, reads } = newTape()
    await tape.seek({ position: positionAt(3_000) })
    const before = reads.length
    await tape.seek({ position: positionAt(2_999) })
    await tape.seek({ position: positionAt(2_600) })
    // Only to see that what comes next is later.
    expect(reads.slice(before)).toEqual([3_000, 2_601])
    await tape.close()
  })

  it('goes on from the nearest keyframe of another tape, not from the log’s beginning', async () => {
    const many = [...sampleLog({ events: 70_000 })]
    const keyframes = new Keyframes(join(folder, 'shared'))
    const first = newTape(many, keyframes)
    await first.tape.seek({ position: many[60_000]?.position ?? '' })
    const second = newTape(many, keyframes)
    await second.tape.seek({ position: many[61_000]?.position ?? '' })
    expect(second.reads.at(-1)).toBeGreaterThan(49_000)
    const question = ['queueBoard', [MIDNIGHT]] as const
    const moment = { position: many[61_000]?.position ?? '' }
    expect(await second.tape.ask(moment, ...question)).toEqual(await first.tape.ask(moment, ...question))
    await first.tape.close()
    await second.tape.close()
    keyframes.clear()
  })

  it('begins anew after the log could not be read', async () => {
    let isAway = true
    const tape = new Tape({
      name: 'away',
      keyframes: new Keyframes(join(folder, 'away')),
      async *readAll(after, limit) {
        const from = after === null ? 0 : sample.findIndex(({ position }) => position > after)
        yield* sample.slice(from, from + (limit ?? 3_000))
        if (isAway && limit === undefined) throw new Error('the log is away')
        if (limit === undefined) yield* sample.slice(from + 3_000)
      },
    })
    await expect(tape.seek({ position: positionAt(5_000) })).rejects.toThrow('the log is away')
    isAway = false
    expect(await toldAt(tape, 5_000)).toEqual(await livedAt(5_000))
    expect(await toldAt(tape, 40)).toEqual(await livedAt(40))
    await tape.close()
  })

  it('leaves no file behind', async () => {
    const { tape } = newTape()
    await tape.seek({ position: positionAt(10) })
    const own = join(folder, `keyframes-${made}`)
    expect(readdirSync(own)).toHaveLength(1)
    await tape.close()
    expect(readdirSync(own)).toEqual([])
  })
})
