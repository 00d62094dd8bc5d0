import { execFile, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { RecordedEvent } from '@centralino/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openReadModels } from './open-read-models.ts'
import type { DataOf, KnownType } from './projector/projection.ts'
import type { ReadModelChange, ReadModels } from './read-models.ts'
import { readModelsInMemory } from './read-models-in-memory.ts'
import { replayAndCompare } from './rebuild/replay-and-compare.ts'
import { sampleLog } from './testing/sample-log.ts'
import { id } from './testing/story.ts'
import type { WriterRequest } from './worker/protocol.ts'
import { WorkerClient } from './worker/worker-client.ts'

const EVENTS = 2_000
const sample = [...sampleLog({ events: EVENTS, agents: 8, atOnce: 6 })]

let folder = ''
const path = () => join(folder, 'read-models.db')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'centralino-read-models-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The code that opening gives to a user who may not write the file; root may do everything, and so becomes another. */
const openedByWhoMayNotWrite = async (): Promise<string> => {
  const module = new URL('./open-read-models.ts', import.meta.url).href
  const script = `const { openReadModels } = await import(${JSON.stringify(module)})
    const code = await openReadModels({ path: ${JSON.stringify(path())} }).then(() => 'opened', (error) => error.code)
    process.stdout.write(code, () => process.exit())`
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    nobody,
  )
  return stdout
}

const code = (code: string) => expect.objectContaining({ name: 'ReadModelsError', code })

describe('the read models in their workers', () => {
  it('answer every question as those in memory do', async () => {
    await using models = await openReadModels({ path: path() })
    await using memory = readModelsInMemory()
    await models.apply(sample)
    await memory.apply(sample)
    const answers = await Promise.all(questions(models))
    expect(answers).toEqual(await Promise.all(questions(memory)))
    expect(
      answers.filter((answer) => answer === null || (Array.isArray(answer) && answer.length === 0)),
    ).toEqual([
      // Nothing is undelivered in the sample.
      [],
    ])
  })

  it('show what was applied to whoever asks after it, and tell the listeners after the commit', async () => {
    await using models = await openReadModels({ path: path() })
    const seen: (string | undefined)[] = []
    const changes: ReadModelChange[] = []
    models.onChange((change) => {
      changes.push(change)
      seen.push('told')
    })
    const opened = sample.findIndex((event) => event.type === 'InteractionOpened')
    await models.apply(sample.slice(0, opened + 1))
    seen.push('applied')
    const { interactionId, customerId } = dataOf('InteractionOpened')
    expect(await models.interaction(interactionId)).toMatchObject({ status: 'open' })
    expect(seen).toEqual(['told', 'applied'])
    expect(changes[0]?.position).toBe(sample[opened]?.position)
    expect(changes[0]?.interactionIds).toEqual(new Set([interactionId]))
    expect(changes[0]?.customerIds.has(customerId)).toBe(true)
  })

  it('tell nobody who stopped listening, and no listener keeps another from hearing', async () => {
    const failures: unknown[] = []
    await using models = await openReadModels({
      path: path(),
      onListenerError: (error) => failures.push(error),
    })
    let heard = 0
    const stop = models.onChange(() => {
      throw new Error('mine')
    })
    models.onChange(() => {
      heard++
    })
    await models.apply(sample.slice(0, 5))
    stop()
    await models.apply(sample.slice(5, 10))
    expect([heard, failures.length]).toEqual([2, 1])
  })

  it('answer while a long batch is folded', async () => {
    await using models = await openReadModels({ path: path() })
    await models.apply(sample.slice(0, 100))
    let folding = true
    const applied = models.apply(sample.slice(100)).then(() => {
      folding = false
    })
    expect(await models.queues()).toHaveLength(1)
    expect(folding).toBe(true)
    await applied
  })

  it('resume where they stopped', async () => {
    const first = await openReadModels({ path: path() })
    await first.apply(sample.slice(0, 700))
    await first[Symbol.asyncDispose]()
    await using second = await openReadModels({ path: path() })
    expect(await second.checkpoint()).toBe(sample[699]?.position)
    await second.apply(sample)
    expect(await second.statistics()).toEqual({
      applied: sample.length - 700,
      skipped: 700,
      unknownTypes: {},
    })
    expect(await compared()).toMatchObject({ equal: true, events: sample.length })
  })
})

describe('what goes wrong', () => {
  it('an event that cannot be folded fails its batch alone', async () => {
    await using models = await openReadModels({ path: path() })
    const broken = { ...sample[10], data: null } as unknown as RecordedEvent
    await expect(models.apply([...sample.slice(0, 10), broken])).rejects.toThrow(code('PROJECTION_FAILED'))
    expect(await models.checkpoint()).toBeNull()
    await models.apply(sample.slice(0, 20))
    expect(await models.checkpoint()).toBe(sample[19]?.position)
  })

  it('a second hub on the same file is refused, and the first goes on', async () => {
    await using models = await openReadModels({ path: path() })
    await expect(openReadModels({ path: path() })).rejects.toThrow(code('READ_MODELS_IN_USE'))
    await models.apply(sample.slice(0, 5))
  })

  it('a file of somebody else is refused and left as it is', async () => {
    writeFileSync(path(), 'These are my notes, and no database at all. '.repeat(100))
    await expect(openReadModels({ path: path() })).rejects.toThrow(code('FOREIGN_FILE'))
    await expect(openReadModels({ path: path() })).rejects.toThrow(code('FOREIGN_FILE'))
  })

  it('a file that is damaged all over is named as such when it is opened', async () => {
    await damage((bytes) => bytes.fill(0xa5, 4096))
    await expect(openReadModels({ path: path() })).rejects.toThrow(code('FILE_DAMAGED'))
  })

  it('a damaged page is named as such by the question that meets it', async () => {
    await damage((bytes) => {
      const page = rootPageOf('customer')
      bytes.fill(0xa5, (page - 1) * 4096, page * 4096)
    })
    await using damaged = await openReadModels({ path: path() })
    await expect(damaged.customers({ first: 500 })).rejects.toThrow(code('FILE_DAMAGED'))
    expect(await damaged.queues()).toHaveLength(1)
  })

  it('a file that may be read and not written is named as such when it is opened', async () => {
    await (await openReadModels({ path: path() }))[Symbol.asyncDispose]()
    rmSync(`${path()}.owner`)
    chmodSync(folder, 0o777)
    chmodSync(path(), 0o444)
    expect(await openedByWhoMayNotWrite()).toBe('READ_ONLY')
  })

  it('a lock that is no file of ours is named as such', async () => {
    writeFileSync(`${path()}.owner`, 'a letter\n'.repeat(100))
    await expect(openReadModels({ path: path() })).rejects.toThrow(code('FOREIGN_FILE'))
  })

  it('a folder that is not there is said so', async () => {
    const nowhere = join(folder, 'none', 'read-models.db')
    await expect(openReadModels({ path: nowhere })).rejects.toThrow(code('READ_MODELS_UNAVAILABLE'))
  })

  it('after the disposal every call is refused', async () => {
    const models = await openReadModels({ path: path() })
    await models[Symbol.asyncDispose]()
    await models[Symbol.asyncDispose]()
    await expect(models.queues()).rejects.toThrow(code('READ_MODELS_CLOSED'))
    await expect(models.apply(sample.slice(0, 1))).rejects.toThrow(code('READ_MODELS_CLOSED'))
  })

  it('what was asked before the disposal is still answered', async () => {
    const models = await openReadModels({ path: path() })
    const applied = models.apply(sample.slice(0, 300))
    const queues = models.queues()
    await models[Symbol.asyncDispose]()
    await expect(applied).resolves.toBeUndefined()
    await expect(queues).resolves.toBeDefined()
  })

  it('a flood of questions is refused beyond the bound, and the rest answered', async () => {
    await using models = await openReadModels({ path: path() })
    const asked = Array.from({ length: 2_100 }, () => models.queues())
    const settled = await Promise.allSettled(asked)
    const refused = settled.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(100)
    expect(refused[0]?.reason).toEqual(code('TOO_BUSY'))
  })

  it('a worker that dies fails what it was asked, by code', async () => {
    const file = join(folder, 'dying-worker.mjs')
    writeFileSync(
      file,
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3))`,
    )
    const client = new WorkerClient<WriterRequest>(new URL(`file://${file}`), 10)
    const asked = [client.ask({ kind: 'checkpoint' }), client.ask({ kind: 'checkpoint' })]
    for (const settled of await Promise.allSettled(asked))
      expect(settled).toMatchObject({ status: 'rejected', reason: code('READ_MODELS_UNAVAILABLE') })
    await expect(client.ask({ kind: 'checkpoint' })).rejects.toThrow(code('READ_MODELS_UNAVAILABLE'))
    await client.close({ kind: 'close' })
  })
})

describe('kill -9', () => {
  it.each([1, 4, 9, 15])(
    'after %i acknowledged batches loses none, and none is folded twice',
    async (batches) => {
      const acknowledged = await killedAfter(batches)
      await using models = await openReadModels({ path: path() })
      // The process died, the machine did not: what was committed is in the file.
      const checkpoint = await models.checkpoint()
      expect(checkpoint !== null && checkpoint >= acknowledged).toBe(true)
      expect(await compared()).toMatchObject({ equal: true, position: checkpoint })
      await models.apply(sample)
      expect(await compared()).toMatchObject({ equal: true, events: sample.length })
    },
  )
})

/** Data of the sample's first event of a type. */
const dataOf = <Type extends KnownType>(type: Type): DataOf<Type> => {
  const found = sample.find((event) => event.type === type)
  if (found === undefined) throw new Error(`the sample has no ${type}`)
  return found.data as DataOf<Type>
}

const questions = (of: ReadModels): Promise<unknown>[] => {
  const customer = id.customer('customer-phone-1')
  const call = id.interaction('call-1')
  const agent = id.agent('agent-0')
  const mails = dataOf('MailReceived')
  return [
    of.checkpoint(),
    of.customer(customer),
    of.customers({ first: 20, search: '+3906' }),
    of.contactPoints(customer),
    of.candidates(call),
    of.timeline(customer, { first: 5 }),
    of.timelineSince(customer, sample[50]?.position ?? ''),
    of.interaction(call),
    of.interactions(customer, { first: 3 }),
    of.inbox(agent),
    of.agents(),
    of.agent(agent),
    of.queues(),
    of.queueBoard('2026-11-24T00:00:00.000Z'),
    of.offer(id.offer('call-1-1')),
    of.offersOf(call),
    of.callOf(call),
    of.thread(mails.threadId),
    of.mail(mails.mailId),
    of.undeliveredMails(),
  ]
}

/** Fills the models with the sample, closes them and changes their file. */
const damage = async (change: (bytes: Buffer) => void) => {
  const models = await openReadModels({ path: path() })
  await models.apply(sample)
  await models[Symbol.asyncDispose]()
  const bytes = readFileSync(path())
  change(bytes)
  writeFileSync(path(), bytes)
}

/** The first page of a table, which leads to all others. */
const rootPageOf = (table: string): number => {
  const database = new DatabaseSync(path(), { readOnly: true })
  const { rootpage } = database.prepare('select rootpage from sqlite_master where name = ?').get(table) ?? {}
  database.close()
  return Number(rootpage)
}

const compared = () => {
  async function* log() {
    yield sample
  }
  const scratchPath = join(folder, 'scratch.db')
  return replayAndCompare({ pages: log(), livePath: path(), scratchPath, swap: false })
}

/** Runs the folding process and kills it once it has acknowledged so many batches: gives the last position it told. */
const killedAfter = (batches: number): Promise<string> => {
  const script = fileURLToPath(new URL('./testing/applying-process.ts', import.meta.url))
  const child = spawn(process.execPath, [script, path(), String(EVENTS), '40'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let told = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told += text
    if (told.split('\n').length > batches) child.kill('SIGKILL')
  })
  child.on('error', reject)
  child.on('close', () => resolve(told.split('\n').at(-2) ?? ''))
  return promise
}
