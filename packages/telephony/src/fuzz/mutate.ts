import type { Random } from './random.ts'

/** What breaks readers more often than chance: separators, ends, escapes, numbers at the edge, long runs. */
const words: readonly [string, ...string[]] = [
  '\r\n',
  '\r\n\r\n',
  '\n',
  '\r',
  '\0',
  '\r\n ',
  ' ',
  ';',
  ',',
  '"',
  '\\"',
  '<',
  '>',
  '%00',
  '%',
  '@',
  ':',
  '?',
  '=',
  '[::1]',
  '*',
  '-1',
  '0',
  '255',
  '256',
  '65535',
  '65536',
  '2147483647',
  '4294967296',
  '99999999999999999999',
  'SIP/2.0',
  'SIP/3.0',
  'Content-Length: 9\r\n',
  'l: 0\r\n',
  'Via: SIP/2.0/UDP 192.0.2.77;maddr=224.0.0.1\r\n',
  'Record-Route: <sip:192.0.2.77;lr>\r\n',
  'Contact: *\r\n',
  'Expires: 0\r\n',
  ';tag=',
  ';branch=z9hG4bK',
  ';rport',
  'm=audio 0 RTP/AVP 0\r\n',
  'c=IN IP4 0.0.0.0\r\n',
  'a=sendonly\r\n',
  'a=rtpmap:0 PCMA/8000\r\n',
  '\u{1F4DE}',
  'a'.repeat(300),
  '\r\n '.repeat(100),
  '('.repeat(200),
]

/** Longest that a mutated packet gets: what fits in a datagram. */
const LONGEST = 65_000

/** One to five changes at random places: bytes set, flipped, left out, said twice, put in, cut off. */
export const mutate = (bytes: Uint8Array, random: Random): Buffer => {
  let mutated = Buffer.from(bytes)
  for (let changes = 1 + random.below(5); changes > 0; changes--) {
    const at = random.below(mutated.length + 1)
    const before = mutated.subarray(0, at)
    const after = mutated.subarray(at)
    const piece = after.subarray(0, 1 + random.below(40))
    switch (random.below(9)) {
      case 0:
      case 1:
        if (at < mutated.length) mutated[at] = random.below(256)
        break
      case 2:
        if (at < mutated.length) mutated[at] = (mutated[at] ?? 0) ^ (1 << random.below(8))
        break
      case 3:
        mutated = Buffer.concat([before, after.subarray(piece.length)])
        break
      case 4:
        mutated = Buffer.concat([before, ...Array<Buffer>(1 + random.below(8)).fill(piece), after])
        break
      case 5:
      case 6:
        mutated = Buffer.concat([before, Buffer.from(random.pick(words)), after])
        break
      case 7:
        mutated = Buffer.concat([before, Buffer.from(random.pick(words)), after.subarray(piece.length)])
        break
      default:
        mutated = Buffer.from(random.chance(0.2) ? before : mutated)
    }
  }
  return mutated.subarray(0, LONGEST)
}

/** Bytes that nobody wrote. */
export const noise = (random: Random): Buffer =>
  Buffer.from(Array.from({ length: random.below(200) }, () => random.below(256)))
