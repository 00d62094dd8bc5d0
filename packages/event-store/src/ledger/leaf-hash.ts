import { hash } from 'node:crypto'
import type { StoredEvent } from '../codec/encoded-event.ts'

/** Tells events from the tree's inner nodes (RFC 9162 §2.1.1), so that neither can be passed off as the other. */
const LEAF_PREFIX = 0x00
const FORMAT = 'centralino.event/1'
const LENGTH_BYTES = 4
/** An event is 1 MiB at most; its fields and their lengths need little more. */
let scratch = Buffer.allocUnsafe(64 * 1024)

/**
 * The event's leaf in the ledger: SHA-256 over a zero byte and the event's fields, each preceded by its length in bytes (32
 * bits, big-endian), so that no byte can wander from one field to the next. The last field is the leaf of the event before
 * it in the same stream (empty for the first): each stream is a hash chain, and the leaf its newest link. docs/ledger.md
 * writes the form down.
 */
export const leafHash = ({ encoded, placement }: StoredEvent, previous: Uint8Array | null): Buffer => {
  const most = 3 * (encoded.data.length + encoded.metadata.length + placement.stream.length) + 2_048
  if (scratch.length < most) scratch = Buffer.allocUnsafe(most)
  let end = 1
  const put = (field: string): void => {
    const length = scratch.write(field, end + LENGTH_BYTES, 'utf8')
    scratch.writeUInt32BE(length, end)
    end += LENGTH_BYTES + length
  }
  scratch[0] = LEAF_PREFIX
  put(FORMAT)
  put(placement.stream)
  put(String(placement.revision))
  put(encoded.id)
  put(encoded.type)
  put(String(encoded.schemaVersion))
  put(String(placement.recordedAt))
  put(encoded.data)
  put(encoded.metadata)
  scratch.writeUInt32BE(previous?.length ?? 0, end)
  end += LENGTH_BYTES
  if (previous !== null) {
    scratch.set(previous, end)
    end += previous.length
  }
  return hash('sha256', scratch.subarray(0, end), 'buffer')
}
