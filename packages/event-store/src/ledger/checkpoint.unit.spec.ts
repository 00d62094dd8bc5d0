import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts'
import { createCheckpointSigner, generateSigningKey, isSignedBy, parseVerifierKey } from './signing-key.ts'

const signer = createCheckpointSigner('log.example/1', generateSigningKey())
const stranger = createCheckpointSigner('log.example/1', generateSigningKey())
const checkpoint = { origin: 'log.example/1', size: 42, root: hash('sha256', 'root', 'buffer') }
const note = signCheckpoint(checkpoint, signer)

test('a note that was signed is read with the key of whoever signed it', () => {
  expect(openCheckpoint(note, signer.verifierKey)).toEqual(checkpoint)
  expect(openCheckpoint(note, stranger.verifierKey)).toBeNull()
})

test('a note with any byte altered never says anything else', () => {
  const bytes = Buffer.from(note, 'utf8')
  // The last byte is the line feed that ends the signature line: nothing hangs on it.
  for (let index = 0; index < bytes.length - 1; index += 1) {
    const altered = Buffer.from(bytes)
    altered[index] = (altered[index] ?? 0) ^ 1
    const opened = openCheckpoint(altered.toString('utf8'), signer.verifierKey)
    // Base64 leaves bits of its last digit unused.
    expect(opened ?? checkpoint).toEqual(checkpoint)
  }
  expect(openCheckpoint(note.replace('42', '43'), signer.verifierKey)).toBeNull()
})

test("the example of Go's note package is read as that package reads it", () => {
  const verifierKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  expect(parseVerifierKey(verifierKey)).toMatchObject({ name: 'PeterNeumann' })
  expect(parseVerifierKey(verifierKey.replace('c74f20a3', 'c74f20a4'))).toBeNull()
  const signature =
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
  expect(isSignedBy(text, [signature], verifierKey)).toBe(true)
  expect(isSignedBy(`${text}!`, [signature], verifierKey)).toBe(false)
  // A note, and no checkpoint: signed, but not about a log.
  expect(openCheckpoint(`${text}\n${signature}\n`, verifierKey)).toBeNull()
})

test('what is no checkpoint is told apart', () => {
  expect(parseCheckpoint('')).toBeNull()
  expect(parseCheckpoint('log\n1\n')).toBeNull()
  expect(parseCheckpoint(note.replace('42', '042'))).toBeNull()
  expect(parseCheckpoint(note.replace('42', 'many'))).toBeNull()
  expect(parseCheckpoint(note)).toEqual(checkpoint)
})

test('what is no Ed25519 key is refused', () => {
  expect(() => createCheckpointSigner('a', 'nonsense')).toThrow(RangeError)
})
