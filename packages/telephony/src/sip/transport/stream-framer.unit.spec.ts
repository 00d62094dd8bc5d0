import { describe, expect, it } from 'vitest'
import { createRandom } from '../../fuzz/random.ts'
import { requestText } from '../testing/messages.ts'
import { createStreamFramer, type Framed } from './stream-framer.ts'

const LIMIT = 2_000
const read = (framed: readonly Framed[]): readonly string[] =>
  framed.map((each) => (each.kind === 'ping' ? 'ping' : `${each.kind} ${each.bytes.toString('latin1')}`))
const push = (...chunks: readonly string[]): readonly string[] => {
  const framer = createStreamFramer(LIMIT)
  return chunks.flatMap((chunk) => read(framer.push(Buffer.from(chunk, 'latin1'))))
}
const invite = requestText()
const options = requestText({ method: 'OPTIONS' })

describe('messages in a stream (§18.3)', () => {
  it('are cut by their Content-Length, however the stream came in pieces', () => {
    const stream = Buffer.from(`${invite}${options}\r\n\r\n\r\n${invite}`, 'latin1')
    const expected = [`message ${invite}`, `message ${options}`, 'ping', `message ${invite}`]
    const random = createRandom(5)
    for (let run = 0; run < 50; run++) {
      const framer = createStreamFramer(LIMIT)
      const found: string[] = []
      for (let at = 0; at < stream.length; ) {
        const length = 1 + random.below(run < 5 ? 3 : 400)
        found.push(...read(framer.push(stream.subarray(at, at + length))))
        at += length
      }
      expect(found).toEqual(expected)
      expect(framer.isWithinMessage()).toBe(false)
    }
  })

  it('have their length in the compact form and folded too', () => {
    const compact = invite.replace('Content-Length: ', 'l :\r\n\t')
    expect(push(compact, options)).toEqual([`message ${compact}`, `message ${options}`])
  })

  it.each([
    ['no length', invite.replace(/Content-Length.*\r\n/, '')],
    ['two lengths', invite.replace('Content-Length', 'l: 1\r\nContent-Length')],
    ['a negative length', invite.replace(/Content-Length: /, 'Content-Length: -')],
    ['another protocol', 'GET / HTTP/1.1\r\n\r\n'],
  ])('end the stream where they have %s', (_what, text) => {
    const head = text.slice(0, text.indexOf('\r\n\r\n') + 4)
    expect(push(text, options)).toEqual([`broken ${head}`])
  })

  it('end the stream where they are too long, head or body, and never keep more than the limit', () => {
    const endless = 'x'.repeat(LIMIT)
    expect(push(`INVITE ${endless}`)).toHaveLength(1)
    expect(push(`INVITE ${endless}`)[0]).toHaveLength('broken '.length + LIMIT + 1)
    const long = requestText({ body: endless })
    expect(push(long.slice(0, 500))).toEqual([])
    expect(push(long.slice(0, 500), long.slice(500))).toEqual([`broken ${long.slice(0, LIMIT + 1)}`])
  })
})

describe('line ends in a stream', () => {
  it('are a ping by twos (RFC 5626 §4.4.1), and nothing by ones before a message (§7.5)', () => {
    expect(push('\r\n\r\n', '\r\n\r\n\r\n\r\n')).toEqual(['ping', 'ping', 'ping'])
    expect(push('\r', '\n', '\r', '\n')).toEqual(['ping'])
    expect(push(`\r\n${options}`)).toEqual([`message ${options}`])
    expect(push('\n\n\r', options)).toEqual([`message ${options}`])
  })
})
