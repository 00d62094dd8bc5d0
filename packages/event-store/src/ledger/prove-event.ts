import type { EncodedEvent, StoredEvent } from '../codec/encoded-event.ts'
import type { EventStore } from '../event-store.ts'
import { openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { leafHash } from './leaf-hash.ts'
import { LEDGER_STREAM, type LogSealed } from './log-sealed.ts'
import { consistencyRanges, inclusionRanges, rootsOf } from './merkle-proof.ts'

/**
 * That an event is in the log that a checkpoint was signed over, for whoever has neither the log nor this program:
 * docs/ledger.md says how to check it, and docs/check-proof.mjs does. Hashes and keys are in Base64.
 */
export type EventProof = {
  readonly format: 'centralino.proof/1'
  readonly event: EncodedEvent & {
    readonly stream: string
    readonly revision: string
    /** Milliseconds since 1970. */
    readonly recordedAt: number
    /** The leaf of the event before it in its stream; null for a stream's first. */
    readonly previous: string | null
  }
  /** Its place in the log, from 0. */
  readonly index: number
  /** RFC 9162 §2.1.3, from the leaf up. */
  readonly inclusion: readonly string[]
  readonly checkpoint: string
  readonly verifierKey: string
  /** That the checkpoint's log begins with what an older checkpoint covers (RFC 9162 §2.1.4); null without one. */
  readonly consistency: { readonly checkpoint: string; readonly proof: readonly string[] } | null
}

export type ProofRefusal =
  | { readonly refused: 'EVENT_UNKNOWN' }
  /** No checkpoint covers it yet: there is one every minute or 10,000 events. */
  | { readonly refused: 'NOT_SEALED_YET' }
  /** The older checkpoint cannot be read, or covers more than the newest in the log. */
  | { readonly refused: 'OLDER_CHECKPOINT_INVALID' }
  /** The older checkpoint names another log, or this log does not begin with what it covers. */
  | { readonly refused: 'OLDER_CHECKPOINT_OF_ANOTHER_LOG' }
  /** The older checkpoint was signed with another key than the newest: nobody could check both with one. */
  | { readonly refused: 'OLDER_CHECKPOINT_BY_ANOTHER_KEY' }

/**
 * Proves one event against the newest checkpoint in the log, and that checkpoint against an older one. Reads the log twice:
 * up to the event, and up to where the checkpoint ends.
 */
export const proveEvent = async (
  store: Pick<EventStore, 'readStored' | 'readStream'>,
  eventId: string,
  olderCheckpoint: string | null,
): Promise<EventProof | ProofRefusal> => {
  const seal = await newestSeal(store)
  const older = olderCheckpoint === null ? null : parseCheckpoint(olderCheckpoint)
  if (olderCheckpoint !== null && (older === null || older.size === 0))
    return { refused: 'OLDER_CHECKPOINT_INVALID' }
  const found = await findEvent(store, eventId)
  if (found === null) return { refused: 'EVENT_UNKNOWN' }
  if (seal === null || found.index >= seal.size) return { refused: 'NOT_SEALED_YET' }
  const newest = openCheckpoint(seal.checkpoint, seal.verifierKey)
  if (newest?.size !== seal.size) return { refused: 'NOT_SEALED_YET' }
  if (older !== null && older.origin !== newest.origin) return { refused: 'OLDER_CHECKPOINT_OF_ANOTHER_LOG' }
  if (older !== null && older.size > seal.size) return { refused: 'OLDER_CHECKPOINT_INVALID' }
  if (olderCheckpoint !== null && openCheckpoint(olderCheckpoint, seal.verifierKey) === null)
    return { refused: 'OLDER_CHECKPOINT_BY_ANOTHER_KEY' }

  const inclusion = inclusionRanges(found.index, seal.size)
  const consistency = older === null ? [] : consistencyRanges(older.size, seal.size)
  const covered = older === null ? [] : [{ start: 0, end: older.size }]
  const roots = await rootsOf([...inclusion, ...consistency, ...covered], leavesIn(store))
  if (older !== null && roots.pop()?.equals(older.root) !== true)
    return { refused: 'OLDER_CHECKPOINT_OF_ANOTHER_LOG' }
  const base64 = roots.map((root) => root.toString('base64'))
  const { encoded, placement } = found.stored
  return {
    format: 'centralino.proof/1',
    event: {
      stream: placement.stream,
      revision: String(placement.revision),
      ...encoded,
      recordedAt: placement.recordedAt,
      previous: found.previous?.toString('base64') ?? null,
    },
    index: found.index,
    inclusion: base64.slice(0, inclusion.length),
    checkpoint: seal.checkpoint,
    verifierKey: seal.verifierKey,
    consistency:
      olderCheckpoint === null
        ? null
        : { checkpoint: olderCheckpoint, proof: base64.slice(inclusion.length) },
  }
}

const newestSeal = async (store: Pick<EventStore, 'readStream'>): Promise<LogSealed['data'] | null> => {
  for await (const event of store.readStream(LEDGER_STREAM, { direction: 'backwards', limit: 1 })) {
    return event.data as LogSealed['data']
  }
  return null
}

type Found = { readonly index: number; readonly stored: StoredEvent; readonly previous: Buffer | null }

const findEvent = async (store: Pick<EventStore, 'readStored'>, eventId: string): Promise<Found | null> => {
  const heads = new Map<string, Buffer>()
  let index = 0
  for await (const page of store.readStored(null)) {
    for (const stored of page) {
      const { stream } = stored.placement
      const previous = heads.get(stream) ?? null
      if (stored.encoded.id === eventId) return { index, stored, previous }
      heads.set(stream, leafHash(stored, previous))
      index += 1
    }
  }
  return null
}

async function* leavesIn(
  store: Pick<EventStore, 'readStored'>,
): AsyncGenerator<readonly Buffer[], void, undefined> {
  const heads = new Map<string, Buffer>()
  for await (const page of store.readStored(null)) {
    yield page.map((stored) => {
      const { stream } = stored.placement
      const leaf = leafHash(stored, heads.get(stream) ?? null)
      heads.set(stream, leaf)
      return leaf
    })
  }
}
