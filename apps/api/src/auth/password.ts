import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane; about 30 ms off the event loop. */
const MEMORY_KIBIBYTES = 19_456
const PASSES = 2
const LANES = 1
const TAG_BYTES = 32
const SALT_BYTES = 16

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')
const normalise = (password: string): Buffer => Buffer.from(password.normalize('NFKC'))

/** PHC string `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive('argon2id', {
    message: normalise(password),
    nonce: salt,
    memory: MEMORY_KIBIBYTES,
    passes: PASSES,
    parallelism: LANES,
    tagLength: TAG_BYTES,
  })
  return `$argon2id$v=19$m=${MEMORY_KIBIBYTES},t=${PASSES},p=${LANES}$${base64(salt)}$${base64(hash)}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** Compares in constant time; throws on a string that is no argon2id hash. */
export const verifyPassword = async (password: string, phc: string): Promise<boolean> => {
  const match = PHC.exec(phc)
  if (!match) throw new RangeError('not an argon2id hash')
  const [, memory, passes, parallelism, salt = '', hash = ''] = match
  const expected = Buffer.from(hash, 'base64')
  const actual = await derive('argon2id', {
    message: normalise(password),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  })
  return timingSafeEqual(actual, expected)
}

/** Letters and digits that nobody mistakes for each other, in groups of five; 97 bits. */
export const makeOneTimePassword = (): string => {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const letters: string[] = []
  // 248 = 8 × 31: a byte beyond it would favour the first letters.
  while (letters.length < 20) {
    for (const byte of randomBytes(32)) {
      if (byte < 248 && letters.length < 20) letters.push(alphabet[byte % 31] ?? '')
    }
  }
  return [0, 5, 10, 15].map((start) => letters.slice(start, start + 5).join('')).join('-')
}
