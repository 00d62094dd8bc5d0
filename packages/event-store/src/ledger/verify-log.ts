import type { StoredEvent } from '../codec/encoded-event.ts'
import { type Checkpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { leafHash } from './leaf-hash.ts'
import { LEDGER_STREAM, type LogSealed } from './log-sealed.ts'
import { createTreeFrontier, type TreeFrontier } from './merkle-tree.ts'

/** Which event, and where it lies; `place` counts the log's events from 0. */
export type EventPlace = {
  readonly place: number
  readonly id: string
  readonly type: string
  readonly stream: string
  readonly revision: bigint
  readonly position: string
}

export type Finding =
  /** Its revision does not follow the one before it in its stream: something was dropped, inserted or moved. */
  | { readonly what: 'streamBroken'; readonly event: EventPlace; readonly expectedRevision: bigint }
  /** Positions are missing before it, in a log whose store hands them out one by one; `after` is null at the log's beginning. */
  | { readonly what: 'gap'; readonly event: EventPlace; readonly after: EventPlace | null }
  /** Another event, or another byte, was here; `sealed`: a signature says so, and not only the ledger file beside the log. */
  | { readonly what: 'eventAltered'; readonly event: EventPlace; readonly sealed: boolean }
  /** One of these is not what was sealed; which, only the ledger file that stood beside the log could tell. */
  | { readonly what: 'rangeAltered'; readonly first: EventPlace; readonly last: EventPlace }
  /** The log ends before what a checkpoint covers; `last` is null when it is empty. */
  | { readonly what: 'truncated'; readonly last: EventPlace | null; readonly sealedSize: number }
  /** The checkpoint in this event cannot be read, or nobody whose key is trusted has signed it. */
  | { readonly what: 'checkpointInvalid'; readonly event: EventPlace }
  /** The auditor's checkpoint cannot be read, or was signed by nobody whose key is trusted. */
  | { readonly what: 'heldCheckpointInvalid' }

export type Verified = {
  readonly events: number
  /** The last event that was read. */
  readonly last: EventPlace | null
  readonly checkpoints: number
  /** Events that the newest checkpoint covers; those after it are not sealed yet. */
  readonly sealed: number
  /** Whose signatures were found right. */
  readonly verifierKeys: readonly string[]
  /** The first thing that does not fit; null: the log is what was sealed. */
  readonly finding: Finding | null
}

export type VerifyOptions = {
  readonly pages: AsyncIterable<readonly StoredEvent[]>
  /** Keys that the auditor trusts. Left out: the key in the log's first checkpoint, which proves less. */
  readonly verifierKeys?: readonly string[]
  /** A checkpoint that the auditor holds from before: the log must still begin with what it covers. */
  readonly held?: string
  /** Leaves of the ledger file beside the log, from `start` up to `end`: tell which event of a range was altered. */
  readonly leaves?: (start: number, end: number) => readonly Uint8Array[]
  readonly onProgress?: (events: number) => void
}

/** Events that may wait for the checkpoint over them; more are folded in, and an altered one among them is not named. */
const MOST_PENDING = 200_000

type Pending = { readonly leaf: Uint8Array; readonly event: EventPlace }

/**
 * Reads a log from its first event to its last and says whether it is what its checkpoints were signed over. Finds an
 * altered byte, an event that was dropped, inserted or moved, and, against a checkpoint that the auditor holds, a log that
 * was cut off. Memory: a hash for each stream, and the events since the last checkpoint.
 */
export const verifyLog = async (options: VerifyOptions): Promise<Verified> => {
  const heads = new Map<string, { revision: bigint; leaf: Uint8Array }>()
  const used = new Set<string>()
  const trusted = [...(options.verifierKeys ?? [])]
  const tree = createTreeFrontier()
  let pending: Pending[] = []
  let events = 0
  let checkpoints = 0
  let sealed = 0
  let last: EventPlace | null = null
  let held: Checkpoint | null = null
  let finding: Finding | null = null

  const openTrusted = (note: string): Checkpoint | null => {
    for (const key of trusted) {
      const opened = openCheckpoint(note, key)
      if (opened === null) continue
      used.add(key)
      return opened
    }
    return null
  }

  /** Folds what waits into the tree, up to `size`, and looks at the auditor's checkpoint on the way. */
  const fold = (size: number): void => {
    const from = tree.size
    const before = createTreeFrontier(from, tree.save())
    const folded = pending.slice(0, size - from)
    for (const { leaf } of folded) {
      tree.append(leaf)
      if (tree.size === held?.size && !held.root.equals(tree.root())) {
        finding ??= alteredAmong(before, folded.slice(0, tree.size - from), held)
      }
    }
    pending = pending.slice(size - from)
  }

  const alteredAmong = (before: TreeFrontier, among: readonly Pending[], sealedAs: Checkpoint): Finding => {
    const first = among[0]?.event ?? last
    const end = among.at(-1)?.event ?? last
    if (first === null || end === null) throw new Error('a tree without events was sealed')
    const kept = options.leaves?.(before.size, sealedAs.size) ?? []
    const asSealed = createTreeFrontier(before.size, before.save())
    for (const leaf of kept) asSealed.append(leaf)
    if (asSealed.size === sealedAs.size && asSealed.root().equals(sealedAs.root)) {
      const altered = among.find(({ leaf }, index) => !isEqual(leaf, kept[index]))
      if (altered !== undefined) return { what: 'eventAltered', event: altered.event, sealed: true }
    }
    return { what: 'rangeAltered', first, last: end }
  }

  const onSeal = (seal: LogSealed['data'] | null, self: Pending): void => {
    if (seal !== null && trusted.length === 0) trusted.push(seal.verifierKey)
    const checkpoint = seal === null ? null : openTrusted(seal.checkpoint)
    // A later one covers more, and no more than a bounded number of events lie between what one covers and itself.
    if (checkpoint === null || checkpoint.size < tree.size) {
      finding ??= { what: 'checkpointInvalid', event: self.event }
      return
    }
    const before = createTreeFrontier(tree.size, tree.save())
    const among = [...pending, self].slice(0, checkpoint.size - tree.size)
    if (checkpoint.size > self.event.place) {
      finding ??= alteredAmong(before, among, checkpoint)
      return
    }
    fold(checkpoint.size)
    checkpoints += 1
    sealed = checkpoint.size
    if (!checkpoint.root.equals(tree.root())) finding ??= alteredAmong(before, among, checkpoint)
  }

  /** What no checkpoint covers yet is compared with the ledger file, which nobody signed. */
  const lookAtTail = (): void => {
    const kept = options.leaves?.(tree.size, events) ?? []
    const altered = pending.find(
      ({ leaf }, index) => kept[index] !== undefined && !isEqual(leaf, kept[index]),
    )
    if (altered !== undefined) finding ??= { what: 'eventAltered', event: altered.event, sealed: false }
  }

  const onEvent = (stored: StoredEvent): void => {
    const { encoded, placement } = stored
    const { stream, revision, position } = placement
    const event: EventPlace = {
      place: events,
      id: encoded.id,
      type: encoded.type,
      stream,
      revision,
      position,
    }
    const head = heads.get(stream)
    const expectedRevision = head === undefined ? 0n : head.revision + 1n
    if (revision !== expectedRevision) finding ??= { what: 'streamBroken', event, expectedRevision }
    if (isBehindGap(event)) finding ??= { what: 'gap', event, after: last }
    const leaf = leafHash(stored, head?.leaf ?? null)
    heads.set(stream, { revision, leaf })
    last = event
    events += 1
    const self = { leaf, event }
    if (stream === LEDGER_STREAM && encoded.type === 'LogSealed') onSeal(sealOf(encoded.data), self)
    pending.push(self)
    if (pending.length > MOST_PENDING) fold(tree.size + pending.length / 2)
  }

  if (options.held !== undefined) {
    held = trusted.length === 0 ? parseCheckpoint(options.held) : openTrusted(options.held)
    if (held === null)
      return {
        events,
        last,
        checkpoints,
        sealed,
        verifierKeys: [],
        finding: { what: 'heldCheckpointInvalid' },
      }
  }
  for await (const page of options.pages) {
    for (const stored of page) {
      onEvent(stored)
      if (finding !== null) break
    }
    options.onProgress?.(events)
    if (finding !== null) break
  }
  if (finding === null) {
    if (held !== null && events < held.size) finding = { what: 'truncated', last, sealedSize: held.size }
    else {
      lookAtTail()
      fold(events)
    }
  }
  return { events, last, checkpoints, sealed, verifierKeys: [...used], finding }
}

/** The embedded store's positions have 16 digits and count every event; a cluster's count bytes. */
const COUNTED_POSITION = /^\d{16}$/
const isBehindGap = ({ place, position }: EventPlace): boolean =>
  COUNTED_POSITION.test(position) && Number(position) > place + 1

const isEqual = (leaf: Uint8Array, kept: Uint8Array | undefined): boolean =>
  kept !== undefined && Buffer.compare(leaf, kept) === 0

const sealOf = (data: string): LogSealed['data'] | null => {
  try {
    const seal = JSON.parse(data) as Partial<LogSealed['data']> | null
    if (typeof seal?.checkpoint !== 'string' || typeof seal.verifierKey !== 'string') return null
    return { size: Number(seal.size), checkpoint: seal.checkpoint, verifierKey: seal.verifierKey }
  } catch {
    return null
  }
}
