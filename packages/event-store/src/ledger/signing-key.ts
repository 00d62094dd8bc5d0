import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'

/** Algorithm byte of Ed25519 in a signed note (C2SP signed-note). */
const ED25519 = 0x01

/** Signs checkpoints. `verifierKey` is what an auditor is given: `<name>+<key id in hex>+<key in Base64>`. */
export type CheckpointSigner = {
  readonly name: string
  readonly verifierKey: string
  /** The note's signature line, without its line feed. */
  signatureOf(text: string): string
}

/** A new Ed25519 private key, PKCS #8 in PEM. */
export const generateSigningKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()

/** Throws a `RangeError` when the PEM text holds no Ed25519 private key. */
export const createCheckpointSigner = (name: string, privateKeyPem: string): CheckpointSigner => {
  const key = privateKeyOf(privateKeyPem)
  const publicKey = rawPublicKey(key)
  const id = keyIdOf(name, publicKey)
  return {
    name,
    verifierKey: `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(ED25519), publicKey]).toString('base64')}`,
    signatureOf: (text) =>
      `— ${name} ${Buffer.concat([id, sign(null, Buffer.from(text, 'utf8'), key)]).toString('base64')}`,
  }
}

/** Whether one of the note's signature lines is by that key and right. */
export const isSignedBy = (text: string, signatures: readonly string[], verifierKey: string): boolean => {
  const verifier = parseVerifierKey(verifierKey)
  if (verifier === null) return false
  return signatures.some((line) => {
    const [dash, name, base64 = '', ...more] = line.split(' ')
    if (dash !== '—' || name !== verifier.name || more.length > 0) return false
    const signature = Buffer.from(base64, 'base64')
    if (!signature.subarray(0, 4).equals(verifier.id)) return false
    return verify(null, Buffer.from(text, 'utf8'), verifier.key, signature.subarray(4))
  })
}

/** Null for what is no verifier key of Ed25519, or one whose id is not its own. */
export const parseVerifierKey = (
  text: string,
): { readonly name: string; readonly id: Buffer; readonly key: KeyObject } | null => {
  // Base64 has plus signs of its own: only the first two part the fields.
  const [, name = '', idHex = '', base64 = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? []
  const bytes = Buffer.from(base64, 'base64')
  if (name === '' || bytes.length !== 33 || bytes[0] !== ED25519) return null
  const publicKey = bytes.subarray(1)
  const id = keyIdOf(name, publicKey)
  if (id.toString('hex') !== idHex) return null
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') }
  return { name, id, key: createPublicKey({ key: jwk, format: 'jwk' }) }
}

const keyIdOf = (name: string, publicKey: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey]), 'buffer').subarray(
    0,
    4,
  )

const privateKeyOf = (pem: string): KeyObject => {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw new RangeError('no private key in PEM')
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new RangeError('no Ed25519 key')
  return key
}

const rawPublicKey = (key: KeyObject): Buffer =>
  Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url')
