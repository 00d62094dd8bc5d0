import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { StoredEvent } from '../codec/encoded-event.ts'
import { leafHash } from './leaf-hash.ts'
import { createTreeFrontier } from './merkle-tree.ts'

/** The events of the test vectors in docs/ledger.md. */
const events: readonly StoredEvent[] = [
  {
    encoded: {
      id: '0193a1b2-0000-7000-8000-000000000001',
      type: 'Counted',
      schemaVersion: 1,
      data: '{"count":0}',
      metadata: '{"actor":"Zoë"}',
    },
    placement: { stream: 'a', revision: 0n, position: '0000000000000001', recordedAt: 1_795_000_000_123 },
  },
  {
    encoded: {
      id: '0193a1b2-0000-7000-8000-000000000002',
      type: 'Counted',
      schemaVersion: 1,
      data: '{"count":1}',
      metadata: '{}',
    },
    placement: { stream: 'a', revision: 1n, position: '0000000000000002', recordedAt: 1_795_000_000_123 },
  },
]

it('gives the leaves and the root that docs/ledger.md writes down', () => {
  const document = readFileSync(new URL('../../../../docs/ledger.md', import.meta.url), 'utf8')
  const [first, second] = events as [StoredEvent, StoredEvent]
  const leaf = leafHash(first, null)
  const next = leafHash(second, leaf)
  const tree = createTreeFrontier()
  tree.append(leaf)
  tree.append(next)
  for (const hash of [leaf, next, tree.root()]) expect(document).toContain(hash.toString('hex'))
})

it('lets no byte wander from one field to the next', () => {
  const [event] = events as [StoredEvent]
  const { encoded } = event
  const moved = { ...event, encoded: { ...encoded, type: 'Counte', schemaVersion: 1, id: `${encoded.id}d` } }
  expect(leafHash(moved, null)).not.toEqual(leafHash(event, null))
  expect(leafHash(event, leafHash(event, null))).not.toEqual(leafHash(event, null))
})

it('takes an event as large as any', () => {
  const [event] = events as [StoredEvent]
  const large = { ...event, encoded: { ...event.encoded, data: `"${'ż'.repeat(500_000)}"` } }
  expect(leafHash(large, null)).toHaveLength(32)
  expect(leafHash(event, null)).toEqual(leafHash(event, null))
})
