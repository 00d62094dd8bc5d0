import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openLedgerFile } from '../ledger/ledger-file.ts'
import { createCheckpointSigner, generateSigningKey } from '../ledger/signing-key.ts'
import { type SealedLog, sealedLog } from '../ledger/testing/sealed-log.ts'
import type { VerifyOptions } from '../ledger/verify-log.ts'
import { exportBundle } from './export-bundle.ts'
import type { Manifest } from './manifest.ts'
import { verifyBundledLog } from './verify-bundled-log.ts'

let log: SealedLog
let bundle: string
let held: { readonly checkpoint: string; readonly verifierKey: string }

/** Places 0-9 are of `a`, 10-19 of `b`, 20 the first seal, 21-25 `a`, 26-30 `c`, 31 the second seal, 32-33 `d`: not sealed. */
beforeEach(async () => {
  log = await sealedLog()
  onTestFinished(() => log[Symbol.asyncDispose]())
  await log.write('a', 10)
  await log.write('b', 10)
  await log.seal()
  await log.write('a', 5)
  await log.write('c', 5)
  held = await log.sealed()
  await log.write('d', 2)
  bundle = join(log.folder, 'bundle')
  await log.withStore((store) =>
    exportBundle({ store, to: bundle, blobs: null, checkpoints: [], fileBytes: 3_000 }),
  )
})

const manifestNow = (): Manifest =>
  JSON.parse(readFileSync(join(bundle, 'manifest.json'), 'utf8')) as Manifest
const eventFiles = () => manifestNow().files.filter(({ path }) => path.startsWith('events/'))
const linesNow = (): string[] =>
  eventFiles().flatMap(({ path }) => readFileSync(join(bundle, path), 'utf8').trimEnd().split('\n'))

/** Somebody who knows the format writes other lines, all into the first file, and makes the manifest fit them. */
const forge = (change: (lines: string[]) => readonly string[]): void => {
  const manifest = manifestNow()
  const lines = change(linesNow())
  for (const { path } of eventFiles()) rmSync(join(bundle, path))
  const text = lines.map((line) => `${line}\n`).join('')
  const path = 'events/000001.ndjson'
  writeFileSync(join(bundle, path), text)
  const sha256 = createHash('sha256').update(text).digest('hex')
  const positionOf = (line: string | undefined) => /"position":"(\d+)"/.exec(line ?? '')?.[1] ?? null
  const events = {
    count: lines.length,
    firstPosition: positionOf(lines[0]),
    lastPosition: positionOf(lines.at(-1)),
  }
  const others = manifest.files.filter((file) => !file.path.startsWith('events/'))
  const files = [{ path, bytes: Buffer.byteLength(text), sha256 }, ...others]
  writeFileSync(join(bundle, 'manifest.json'), JSON.stringify({ ...manifest, events, files }))
}
const replaced = (lines: readonly string[], index: number, from: string | RegExp, to: string): string[] => {
  const before = lines[index] ?? expect.fail('no such line')
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  return lines.with(index, after)
}
/** Positions from 1 on, as if nothing had happened. */
const renumbered = (lines: readonly string[]): string[] =>
  lines.map((line, index) =>
    line.replace(/"position":"\d+"/, `"position":"${String(index + 1).padStart(16, '0')}"`),
  )

const verify = (options: Omit<VerifyOptions, 'pages'> = {}) => verifyBundledLog({ ...options, bundle })
const verifyAsAuditor = () => verify({ held: held.checkpoint, verifierKeys: [held.verifierKey] })
const verifyWithLedger = async () => {
  const file = openLedgerFile(log.ledger)
  try {
    return await verify({ leaves: file.leaves })
  } finally {
    file.close()
  }
}

it('finds nothing in a bundle that nobody altered, with nothing but a checkpoint and a key', async () => {
  expect(eventFiles().length).toBeGreaterThan(2)
  expect(await verifyAsAuditor()).toMatchObject({
    events: 34,
    checkpoints: 2,
    sealed: 31,
    verifierKeys: [held.verifierKey],
    finding: null,
  })
})

describe('an event of a bundle whose manifest was made to fit', () => {
  it.each([
    ['data', '"data":{"count":4}', '"data":{"count":5}'],
    ['metadata', 'contract', 'contracT'],
    ['type', '"type":"Counted"', '"type":"Recounted"'],
    ['id', /"id":"[0-9a-f-]+"/, '"id":"0193a1b2-0000-7000-8000-00000000000f"'],
    ['recorded time', /"recordedAt":"\d{4}/, '"recordedAt":"1999'],
  ] as const)('is named where its %s was altered', async (_what, from, to) => {
    forge((lines) => replaced(lines, 4, from, to))
    expect((await verifyWithLedger()).finding).toMatchObject({
      what: 'eventAltered',
      sealed: true,
      event: { place: 4, stream: 'a', revision: 4n },
    })
    expect((await verifyAsAuditor()).finding).toMatchObject({
      what: 'rangeAltered',
      first: { place: 0 },
      last: { place: 19 },
    })
  })

  it('is named where its line is no longer as a hub writes it', async () => {
    forge((lines) => replaced(lines, 4, '"data":{', '"data": {'))
    expect((await verifyAsAuditor()).finding).toMatchObject({
      what: 'unreadable',
      path: 'events/000001.ndjson',
      line: 5,
      reason: 'NO_EVENT',
      after: { place: 3 },
    })
  })

  it('is named where the one before it was dropped', async () => {
    forge((lines) => lines.toSpliced(4, 1))
    expect((await verifyAsAuditor()).finding).toMatchObject({
      what: 'streamBroken',
      expectedRevision: 4n,
      event: { place: 4, stream: 'a', revision: 5n },
    })
  })

  it('is named where the one before it was the last of its stream', async () => {
    forge((lines) => lines.toSpliced(30, 1))
    expect((await verifyAsAuditor()).finding).toMatchObject({
      what: 'gap',
      event: { place: 30, stream: 'ledger' },
      after: { place: 29, stream: 'c' },
    })
  })

  it('is found missing although all that followed were counted anew', async () => {
    forge((lines) => renumbered(lines.toSpliced(30, 1)))
    expect((await verifyWithLedger()).finding).toMatchObject({ what: 'eventAltered', event: { place: 30 } })
    expect((await verifyAsAuditor()).finding).toMatchObject({ what: 'rangeAltered', first: { place: 20 } })
  })

  it('is named where it changed places with another', async () => {
    const swapped = (lines: readonly string[]) => lines.with(9, lines[10] ?? '').with(10, lines[9] ?? '')
    forge(swapped)
    expect((await verifyAsAuditor()).finding).toMatchObject({ what: 'gap', event: { place: 9, stream: 'b' } })
    forge(renumbered)
    expect((await verifyWithLedger()).finding).toMatchObject({
      what: 'eventAltered',
      event: { place: 9, stream: 'b', revision: 0n },
    })
    expect((await verifyAsAuditor()).finding).toMatchObject({ what: 'rangeAltered', last: { place: 19 } })
  })

  it('is named where it was put in', async () => {
    const other = (lines: readonly string[]) =>
      replaced(lines, 4, '"stream":"a","revision":4', '"stream":"e","revision":0')[4]?.replace(
        /"id":"[0-9a-f-]+"/,
        '"id":"0193a1b2-0000-7000-8000-00000000000f"',
      ) ?? ''
    forge((lines) => renumbered(lines.toSpliced(25, 0, other(lines))))
    expect((await verifyWithLedger()).finding).toMatchObject({
      what: 'eventAltered',
      event: { place: 25, stream: 'e' },
    })
    expect((await verifyAsAuditor()).finding).toMatchObject({ what: 'rangeAltered', first: { place: 20 } })
  })

  it('is missed by the checkpoint that the auditor holds where the end was cut off, and by nothing else', async () => {
    forge((lines) => lines.slice(0, 25))
    expect((await verify()).finding).toBeNull()
    expect((await verifyAsAuditor()).finding).toMatchObject({
      what: 'truncated',
      sealedSize: 31,
      last: { place: 24 },
    })
  })
})

describe('a bundle that does not fit its manifest', () => {
  const path = 'events/000001.ndjson'
  it('is told by the event that was altered, and not only by its file', async () => {
    const file = join(bundle, path)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"data":{"count":4}', '"data":{"count":5}'))
    expect((await verifyWithLedger()).finding).toMatchObject({ what: 'eventAltered', event: { place: 4 } })
  })

  it('is told by its file where no checkpoint covers what was altered', async () => {
    const { path: last } = eventFiles().at(-1) ?? expect.fail('no file')
    const file = join(bundle, last)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"count":1\}(?=[^\n]*\n$)/, '"count":7}'))
    expect((await verifyAsAuditor()).finding).toEqual({
      what: 'fileAltered',
      path: last,
      reason: 'OTHER_CONTENT',
    })
  })

  it('is told by the file that is missing, and the event before it', async () => {
    const { path: second } = eventFiles()[1] ?? expect.fail('no file')
    const inFirst = readFileSync(join(bundle, path), 'utf8').trimEnd().split('\n').length
    rmSync(join(bundle, second))
    expect((await verifyAsAuditor()).finding).toMatchObject({
      what: 'unreadable',
      path: second,
      reason: 'MISSING',
      after: { place: inFirst - 1 },
    })
  })

  it('is told by the line that was torn off', async () => {
    const { path: last } = eventFiles().at(-1) ?? expect.fail('no file')
    const text = readFileSync(join(bundle, last), 'utf8')
    writeFileSync(join(bundle, last), text.slice(0, -20))
    expect((await verifyAsAuditor()).finding).toMatchObject({
      what: 'unreadable',
      path: last,
      line: text.trimEnd().split('\n').length,
      reason: 'NO_END_OF_LINE',
      after: { place: 32 },
    })
  })
})

it('finds lines that were moved by their positions where nothing else tells', async () => {
  forge((lines) => {
    const asOfCluster = lines.map((line) => line.replace('"position":"', '"position":"000'))
    const moved = replaced(asOfCluster, 33, '"stream":"d","revision":1', '"stream":"e","revision":0')
    return moved.with(32, moved[33] ?? '').with(33, moved[32] ?? '')
  })
  expect((await verifyAsAuditor()).finding).toEqual({
    what: 'disordered',
    path: 'events/000001.ndjson',
    line: 34,
  })
})

it('believes no signature but of the keys that the auditor names', async () => {
  const stranger = createCheckpointSigner('centralino/other', generateSigningKey())
  expect((await verify({ verifierKeys: [stranger.verifierKey] })).finding).toMatchObject({
    what: 'checkpointInvalid',
    event: { place: 20 },
  })
  expect((await verify({ held: 'nonsense' })).finding).toEqual({ what: 'heldCheckpointInvalid' })
})

it('refuses what is no bundle', async () => {
  await expect(verifyBundledLog({ bundle: log.folder })).rejects.toMatchObject({ code: 'NOT_A_BUNDLE' })
})
