import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { RecordedEvent } from '@centralino/domain'
import { createSqliteEventStore } from '../../sqlite/create-sqlite-event-store.ts'

export type KillNineReport = {
  readonly runs: number
  readonly acknowledged: number
  readonly recorded: number
  /** Ids that were acknowledged and are not in the log. */
  readonly missing: readonly string[]
  /** Ids that stand in the log twice. */
  readonly doubled: readonly string[]
  /** Streams whose revisions, or `$all` if its positions, have a gap. */
  readonly gaps: readonly string[]
  /** Appends of which only some events are in the log. */
  readonly halves: readonly string[]
  /** What the read model has too much, too little or out of order, by id. */
  readonly misprojected: readonly string[]
}

/** Of `node kill-nine.ts [runs]`. */
const RUNS = 1_000

const VICTIM = fileURLToPath(new URL('./victim.ts', import.meta.url))

/**
 * Lets a process append and project, kills it with SIGKILL at a random moment (0 to 300 ms after its first answer), and
 * begins again on the same files, `runs` times; then compares what was acknowledged, the log and the read model.
 */
export const killNine = async (
  runs: number,
  onRun?: (run: number, acknowledged: number) => void,
): Promise<KillNineReport> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-kill-nine-'))
  try {
    const log = join(folder, 'log.db')
    const readModel = join(folder, 'read-model.db')
    const acknowledged = new Set<string>()
    for (let run = 0; run < runs; run += 1) {
      for (const id of await killOnce([log, readModel, String(run)])) acknowledged.add(id)
      onRun?.(run + 1, acknowledged.size)
    }
    return await examine(log, readModel, acknowledged, runs)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The ids that one victim had acknowledged before it died. */
const killOnce = async (parameters: readonly string[]): Promise<string[]> => {
  const child = spawn(process.execPath, [VICTIM, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const acknowledged: string[] = []
  child.stdout.once('data', () => {
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 300)
  })
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(...line.split(' '))
  }
  const [code, signal] = (await exited) as [number | null, string | null]
  if (signal !== 'SIGKILL') throw new Error(`the victim ended by itself, with code ${code}`)
  return acknowledged
}

const examine = async (
  logPath: string,
  readModelPath: string,
  acknowledged: ReadonlySet<string>,
  runs: number,
): Promise<KillNineReport> => {
  await using store = await createSqliteEventStore({ path: logPath })
  const compare = compareReadModel(readModelPath)
  const ids = new Set<string>()
  const doubled: string[] = []
  const gaps: string[] = []
  const nextRevision = new Map<string, bigint>()
  const appends = new Map<string, { of: number; found: number }>()
  let recorded = 0
  for await (const event of store.readAll()) {
    recorded += 1
    if (ids.has(event.id)) doubled.push(event.id)
    ids.add(event.id)
    if (Number(event.position) !== recorded) gaps.push(`$all before ${event.position}`)
    const expected = nextRevision.get(event.stream) ?? 0n
    if (event.revision !== expected) gaps.push(`${event.stream} before ${event.revision}`)
    nextRevision.set(event.stream, event.revision + 1n)
    const { append, of } = event.data as { append: string; of: number }
    const found = (appends.get(append)?.found ?? 0) + 1
    // A whole one is done with: a thousand runs leave more appends than need be kept.
    if (found === of) appends.delete(append)
    else appends.set(append, { of, found })
    compare.next(event)
  }

  return {
    runs,
    acknowledged: acknowledged.size,
    recorded,
    missing: [...acknowledged].filter((id) => !ids.has(id)),
    doubled,
    gaps,
    halves: [...appends.keys()],
    misprojected: compare.end(),
  }
}

/** The read model may be behind the log, but what it has is the log's beginning, once each and in order. */
const compareReadModel = (path: string) => {
  const database = new DatabaseSync(path)
  type Seen = { readonly id: string; readonly position: string }
  const seen = database.prepare('SELECT id, position FROM seen ORDER BY rowid').iterate() as Iterator<Seen>
  const wrong: string[] = []
  let last: string | null = null
  return {
    next: (event: RecordedEvent): void => {
      const { value, done } = seen.next()
      if (done === true) return
      if (value.id !== event.id) wrong.push(value.id)
      last = value.position
    },
    end: (): readonly string[] => {
      for (let more = seen.next(); more.done !== true; more = seen.next()) wrong.push(more.value.id)
      const { position } = database.prepare('SELECT max(position) AS position FROM checkpoint').get() as {
        position: string | null
      }
      database.close()
      if (last !== position) wrong.push(`checkpoint ${position}`)
      return wrong
    },
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const report = await killNine(Number(process.argv[2] ?? RUNS), (run, acknowledged) => {
    if (run % 10 === 0) process.stdout.write(`killed ${run} times, ${acknowledged} events acknowledged\n`)
  })
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  const faults = [report.missing, report.doubled, report.gaps, report.halves, report.misprojected]
  process.exitCode = faults.some((fault) => fault.length > 0) ? 1 : 0
}
