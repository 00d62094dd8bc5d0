import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Actor, type EventId, toInstant } from '@centralino/domain'
import type { StoredEvent } from '../codec/encoded-event.ts'
import type { EventStore } from '../event-store.ts'
import { uuidv5 } from '../ids/uuidv5.ts'
import { eventTypes } from '../upcasting/event-types.ts'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { leafHash } from './leaf-hash.ts'
import { LedgerError } from './ledger-error.ts'
import { type LedgerFile, leavesOf } from './ledger-file.ts'
import { LEDGER_STREAM, type LogSealed } from './log-sealed.ts'
import { rootsOf } from './merkle-proof.ts'
import type { TreeFrontier } from './merkle-tree.ts'
import { createCheckpointSigner } from './signing-key.ts'

export type Sealed = { readonly size: number; readonly checkpoint: string; readonly verifierKey: string }

export type NotaryOptions = {
  readonly store: Pick<EventStore, 'readStored' | 'readStream' | 'eventById' | 'append'>
  readonly file: LedgerFile
  /** Ed25519, PKCS #8 in PEM. */
  readonly privateKeyPem: string
  readonly now: () => Temporal.Instant
  /** The newest checkpoint in the log was signed with another key. */
  readonly onKeyChanged?: () => void
}

/** Seals the log: takes in what is new and appends a signed checkpoint over all of it. */
export type Notary = {
  /**
   * Seals everything up to the log's end; null when nothing but checkpoints is new. Not to be called again before it has
   * settled. Rejects with a `LedgerError` when the log is not what was sealed before, and then seals nothing.
   */
  seal(): Promise<Sealed | null>
}

/** Hashed and written in one go: a millisecond or two of the caller's thread. */
const EVENTS_AT_A_TIME = 64
const NOTARY: Actor = { kind: 'system', id: 'notary' }

export const createNotary = (options: NotaryOptions): Notary => {
  const { store, file, privateKeyPem, now, onKeyChanged = () => undefined } = options
  let firstId: string | null = null

  const newestSeal = async (): Promise<{ data: LogSealed['data']; revision: bigint } | null> => {
    for await (const event of store.readStream(LEDGER_STREAM, { direction: 'backwards', limit: 1 })) {
      return { data: event.data as LogSealed['data'], revision: event.revision }
    }
    return null
  }

  /** The file is of this very log; else it is made anew. */
  const resume = async (): Promise<{ tree: TreeFrontier; after: string | null }> => {
    const { tree, last } = file.state()
    if (last === null) return { tree, after: null }
    const event = await store.eventById(last.id as EventId)
    if (event?.position === last.position) return { tree, after: last.position }
    file.clear()
    return resume()
  }

  const takePage = (page: readonly StoredEvent[], tree: TreeFrontier, onLeaf: () => void): void => {
    const heads = new Map<string, Uint8Array>()
    const leaves = page.map((event) => {
      const { stream } = event.placement
      const leaf = leafHash(event, heads.get(stream) ?? file.head(stream))
      heads.set(stream, leaf)
      tree.append(leaf)
      onLeaf()
      return leaf
    })
    const last = page.at(-1)
    if (last === undefined) return
    file.take({ leaves, heads, tree, last: { position: last.placement.position, id: last.encoded.id } })
  }

  /** Throws unless the seal's root is that of the events as they are now. */
  const check = (seal: LogSealed['data'], root: Uint8Array): void => {
    const checkpoint = openCheckpoint(seal.checkpoint, seal.verifierKey)
    if (checkpoint === null || checkpoint.size !== seal.size) {
      throw new LedgerError('CHECKPOINT_INVALID', seal.size)
    }
    if (!checkpoint.root.equals(root)) throw new LedgerError('LOG_ALTERED', seal.size)
    file.keepChecked(seal.checkpoint)
  }

  /** Takes in the log to its end; what the newest seal covers has to be what it was. */
  const takeIn = async (seal: LogSealed['data'] | null): Promise<TreeFrontier> => {
    const { tree, after } = await resume()
    if (seal !== null && tree.size >= seal.size && file.checked() !== seal.checkpoint) {
      const [root] = await rootsOf([{ start: 0, end: seal.size }], leavesOf(file, seal.size))
      if (root !== undefined) check(seal, root)
    }
    for await (const page of store.readStored(after)) {
      for (let start = 0; start < page.length; start += EVENTS_AT_A_TIME) {
        takePage(page.slice(start, start + EVENTS_AT_A_TIME), tree, () => {
          if (tree.size === seal?.size) check(seal, tree.root())
        })
        await nextTurn()
      }
    }
    if (seal !== null && tree.size < seal.size) throw new LedgerError('LOG_ALTERED', seal.size)
    return tree
  }

  return {
    seal: async () => {
      const before = await newestSeal()
      const tree = await takeIn(before?.data ?? null)
      // The seal itself came after what it covers: alone it is nothing new.
      if (tree.size === 0 || (before !== null && tree.size <= before.data.size + 1)) return null
      firstId ??= await firstIdOf(store)
      const origin = `centralino/${firstId}`
      const signer = createCheckpointSigner(origin, privateKeyPem)
      if (before !== null && before.data.verifierKey !== signer.verifierKey) onKeyChanged()
      const root = tree.root()
      const checkpoint = signCheckpoint({ origin, size: tree.size, root }, signer)
      const sealed: Sealed = { size: tree.size, checkpoint, verifierKey: signer.verifierKey }
      const id = uuidv5(`seal ${origin} ${tree.size} ${root.toString('base64')}`)
      const occurredAt = toInstant(now())
      await store.append(LEDGER_STREAM, before?.revision ?? 'noStream', [
        {
          type: 'LogSealed',
          data: sealed,
          id,
          schemaVersion: eventTypes.currentVersion('LogSealed'),
          metadata: { occurredAt, actor: NOTARY, correlationId: id, causationId: null },
        },
      ])
      file.keepChecked(checkpoint)
      return sealed
    },
  }
}

const firstIdOf = async (store: Pick<EventStore, 'readStored'>): Promise<string> => {
  for await (const [first] of store.readStored(null)) if (first !== undefined) return first.encoded.id
  throw new RangeError('an empty log has no name')
}
