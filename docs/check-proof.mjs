// Checks a proof that `npm run hub -- prove` wrote, with nothing of Centralino: node check-proof.mjs proof.json [verifier key]
// The format is written down in ledger.md. Exit code 0: proved; 1: not proved.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

const [, , file, trustedKey] = process.argv
const proof = JSON.parse(readFileSync(file, 'utf8'))
const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
const bytes = (base64) => Buffer.from(base64, 'base64')
const field = (value) => {
  const content = Buffer.isBuffer(value) ? value : Buffer.from(String(value), 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([length, content])
}
const fail = (why) => {
  console.error(`NOT PROVED: ${why}`)
  process.exit(1)
}

/** The event's leaf. */
const leafOf = ({ stream, revision, id, type, schemaVersion, recordedAt, data, metadata, previous }) =>
  sha256(
    Buffer.of(0),
    ...['centralino.event/1', stream, revision, id, type, schemaVersion, recordedAt, data, metadata].map(
      field,
    ),
    field(previous === null ? Buffer.alloc(0) : bytes(previous)),
  )
const node = (left, right) => sha256(Buffer.of(1), left, right)

/** RFC 9162 §2.1.3.2 and §2.1.4.2: climbs from a leaf's place; `older` is folded in with the left-hand nodes only. */
const climb = (index, size, start, path) => {
  let [place, last, root, older] = [index, size - 1, start, start]
  for (const sibling of path) {
    if (last === 0) fail('the proof is too long')
    if (place % 2 === 1 || place === last) {
      root = node(sibling, root)
      older = node(sibling, older)
      while (place % 2 === 0 && place !== 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
    } else {
      root = node(root, sibling)
    }
    ;[place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
  }
  if (last !== 0) fail('the proof is too short')
  return { root, older }
}

/** A signed note: origin, size, root; an empty line; signature lines. */
const openNote = (note, verifierKey) => {
  const [, name, keyId, key] =
    /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(verifierKey) ?? fail('no verifier key')
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes(key).subarray(1).toString('base64url') }
  const signed = note
    .slice(end + 2)
    .trimEnd()
    .split('\n')
    .some((line) => {
      const [, signer, base64] = line.split(' ')
      const signature = bytes(base64 ?? '')
      return (
        signer === name &&
        signature.subarray(0, 4).toString('hex') === keyId &&
        verify(
          null,
          Buffer.from(text, 'utf8'),
          createPublicKey({ key: jwk, format: 'jwk' }),
          signature.subarray(4),
        )
      )
    })
  if (!signed) fail('the checkpoint is not signed by the key')
  const [origin, size, root] = text.split('\n')
  return { origin, size: Number(size), root: bytes(root) }
}

const verifierKey = trustedKey ?? proof.verifierKey
const checkpoint = openNote(proof.checkpoint, verifierKey)
if (proof.index >= checkpoint.size) fail('the event is not among those sealed')
const { root } = climb(proof.index, checkpoint.size, leafOf(proof.event), proof.inclusion.map(bytes))
if (!root.equals(checkpoint.root)) fail('the event is not in the log that was sealed')

if (proof.consistency !== null) {
  const older = openNote(proof.consistency.checkpoint, verifierKey)
  if (older.origin !== checkpoint.origin) fail('the two checkpoints are of two logs')
  const path = proof.consistency.proof.map(bytes)
  if (older.size === checkpoint.size) {
    if (path.length > 0 || !older.root.equals(checkpoint.root))
      fail('the log was altered since the older checkpoint')
  } else {
    let [place, last] = [older.size - 1, checkpoint.size - 1]
    while (place % 2 === 1) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
    const start = place === 0 ? older.root : path.shift()
    const led = climb(place, last + 1, start ?? fail('the proof is too short'), path)
    if (!led.older.equals(older.root) || !led.root.equals(checkpoint.root))
      fail('the log was altered since the older checkpoint')
  }
}
console.log(
  `PROVED: event ${proof.event.id} (${proof.event.type}) is number ${proof.index} of the ${checkpoint.size} in ${checkpoint.origin},` +
    ` sealed by ${verifierKey}${trustedKey === undefined ? ' (the key is the one in the proof: compare it with yours)' : ''}`,
)
