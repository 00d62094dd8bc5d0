import { createHash } from 'node:crypto'
import type { EventId } from '@centralino/domain'
import { isUuid } from './is-uuid.ts'

/** Centralino's own namespace: what it names is derived from a key of ours and from nothing else. */
const CENTRALINO_NAMESPACE = '6f1c9d0e-2f0b-5d57-9a53-7d1c5b9f3a10'

/**
 * The id that `key` always has under `namespace`, RFC 9562 §5.5 (SHA-1). Throws a `RangeError` when `namespace` is no
 * UUID.
 */
export const uuidv5 = (key: string, namespace: string = CENTRALINO_NAMESPACE): EventId => {
  if (!isUuid(namespace)) throw new RangeError(`not a UUID: ${JSON.stringify(namespace.slice(0, 80))}`)
  const digest = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(key, 'utf8')
    .digest()
    .subarray(0, 16)
  digest[6] = (digest.readUInt8(6) & 0x0f) | 0x50
  digest[8] = (digest.readUInt8(8) & 0x3f) | 0x80
  const hex = digest.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as EventId
}
