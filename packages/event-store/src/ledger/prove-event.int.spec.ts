import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { signCheckpoint } from './checkpoint.ts'
import { proveEvent } from './prove-event.ts'
import { createCheckpointSigner, generateSigningKey } from './signing-key.ts'
import { privateKeyPem, type SealedLog, sealedLog } from './testing/sealed-log.ts'

let log: SealedLog
beforeEach(async () => {
  log = await sealedLog()
  onTestFinished(() => log[Symbol.asyncDispose]())
})

const checkProof = (proof: unknown, key: string) => {
  const file = join(log.folder, 'proof.json')
  writeFileSync(file, JSON.stringify(proof))
  const script = fileURLToPath(new URL('../../../../docs/check-proof.mjs', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file, key], { encoding: 'utf8' })
  return { proved: status === 0, said: stdout + stderr }
}
const prove = (id: string, older: string | null) => log.withStore((store) => proveEvent(store, id, older))
it('gives a proof of any event that a script of a hundred lines checks without us', async () => {
  await log.write('a', 7)
  await log.write('b', 6)
  const older = await log.sealed()
  await log.write('a', 9)
  const newest = await log.sealed()
  const events = await log.stored()
  for (const place of [0, 1, 6, 7, 12, 13, 14, 22]) {
    const { encoded } = events[place] ?? expect.fail('no such event')
    const proof = await prove(encoded.id, older.checkpoint)
    expect(checkProof(proof, newest.verifierKey)).toMatchObject({ proved: true })
    if ('refused' in proof) expect.fail(proof.refused)
    const altered = { ...proof, event: { ...proof.event, data: `${proof.event.data} ` } }
    expect(checkProof(altered, newest.verifierKey)).toMatchObject({ proved: false })
    expect(checkProof({ ...proof, index: proof.index + 1 }, newest.verifierKey).proved).toBe(false)
    const otherPast = { checkpoint: newest.checkpoint, proof: proof.consistency?.proof }
    expect(checkProof({ ...proof, consistency: otherPast }, newest.verifierKey).proved).toBe(false)
  }
  const stranger = createCheckpointSigner('x', generateSigningKey()).verifierKey
  expect(checkProof(await prove(events[0]?.encoded.id ?? '', null), stranger).said).toContain('not signed')
})

it('says why there is none', async () => {
  await log.write('a', 2)
  const [first] = await log.stored()
  const id = first?.encoded.id ?? ''
  expect(await prove(id, null)).toEqual({ refused: 'NOT_SEALED_YET' })
  await log.seal()
  expect(await prove('0193a1b2-0000-7000-8000-00000000000f', null)).toEqual({ refused: 'EVENT_UNKNOWN' })
  expect(await prove(id, 'nonsense')).toEqual({ refused: 'OLDER_CHECKPOINT_INVALID' })
})

it('proves nothing against a checkpoint that is not of this log, or that no key of it signed', async () => {
  await log.write('a', 5)
  const older = await log.sealed()
  await log.write('a', 5)
  await log.seal()
  const [first] = await log.stored()
  const id = first?.encoded.id ?? ''
  const [origin = ''] = older.checkpoint.split('\n')
  const note = (name: string, size: number, pem: string) =>
    signCheckpoint({ origin: name, size, root: Buffer.alloc(32, 7) }, createCheckpointSigner(origin, pem))
  const anotherLog = { refused: 'OLDER_CHECKPOINT_OF_ANOTHER_LOG' }
  // Signed with the very key, as of a log that was put back from a copy and went another way.
  expect(await prove(id, note(origin, 5, privateKeyPem))).toEqual(anotherLog)
  expect(await prove(id, note(origin, 11, privateKeyPem))).toEqual(anotherLog)
  expect(await prove(id, note('centralino/other', 5, privateKeyPem))).toEqual(anotherLog)
  expect(await prove(id, note('centralino/other', 5_000, privateKeyPem))).toEqual(anotherLog)
  expect(await prove(id, note(origin, 5, generateSigningKey()))).toEqual({
    refused: 'OLDER_CHECKPOINT_BY_ANOTHER_KEY',
  })
  expect(await prove(id, note(origin, 5_000, privateKeyPem))).toEqual({ refused: 'OLDER_CHECKPOINT_INVALID' })
  expect(await prove(id, older.checkpoint)).toMatchObject({ consistency: { checkpoint: older.checkpoint } })
})
