import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ANSWER, requestText, responseText } from '../testing/messages.ts'
import { addressesOf } from './address-lists.ts'
import { parseMessage } from './parser.ts'
import { q850Of } from './reason.ts'
import { createStatelessRefusal } from './response.ts'
import { serializeMessage } from './serializer.ts'

const seeds = [
  requestText({
    headers: [
      'Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com>',
      'P-Asserted-Identity: "Anna" <sip:+39331@example.com>, <tel:+39331>',
      'Reason: Q.850;cause=16;text="x"',
      'Subject: folded',
      ' twice',
    ],
  }),
  requestText({ method: 'BYE', toTag: 'ours', contact: null, headers: ['Reason: SIP ;cause=200'] }),
  responseText(requestText(), 200, { body: ANSWER }),
]
  // Without Content-Length a changed body is no fault by itself, so that more of the rest is reached.
  .flatMap((text) => [text, text.replace(/Content-Length.*\r\n/, '')])
  .map((text) => Buffer.from(text))

/** Bytes that mean something to SIP turn up more often than others. */
const byte = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.constantFrom(...Buffer.from('\r\n \t";,:<>@%/\\[]=?0S')),
)

const mutation = fc.record({
  kind: fc.constantFrom('set', 'set', 'insert', 'insert', 'delete', 'repeat', 'set', 'insert', 'cut'),
  /** Ten-thousandths of the way through. */
  at: fc.integer({ min: 0, max: 9999 }),
  length: fc.integer({ min: 1, max: 12 }),
  byte,
})

const mutated = fc
  .record({ seed: fc.constantFrom(...seeds), mutations: fc.array(mutation, { minLength: 1, maxLength: 5 }) })
  .map(({ seed, mutations }) =>
    mutations.reduce((bytes: Buffer, { kind, at, length, byte: value }) => {
      const i = Math.floor((at * bytes.length) / 10_000)
      const piece = bytes.subarray(i, i + length)
      switch (kind) {
        case 'set':
          return Buffer.concat([bytes.subarray(0, i), Buffer.from([value]), bytes.subarray(i + 1)])
        case 'insert':
          return Buffer.concat([bytes.subarray(0, i), Buffer.from([value]), bytes.subarray(i)])
        case 'delete':
          return Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + length)])
        case 'repeat':
          return Buffer.concat([bytes.subarray(0, i), piece, piece, bytes.subarray(i + length)])
        default:
          return Buffer.from(bytes.subarray(0, i))
      }
    }, seed),
  )

describe('message parser on 20 000 mutated messages', () => {
  it('never throws; what it takes it can write and take again, what it refuses can be answered in one piece', () => {
    const seen = { message: 0, malformed: 0, keepAlive: 0 }
    fc.assert(
      fc.property(mutated, (bytes) => {
        const parsed = parseMessage(bytes)
        seen[parsed.outcome] += 1
        if (parsed.outcome === 'message') {
          const { message } = parsed
          addressesOf(message, 'record-route')
          addressesOf(message, 'p-asserted-identity')
          q850Of(message)
          expect(parseMessage(serializeMessage(message)).outcome).toBe('message')
        } else if (parsed.outcome === 'malformed' && parsed.malformed.answerable !== null) {
          const answer = createStatelessRefusal(parsed.malformed.answerable, parsed.malformed.status, 'tag')
          const text = Buffer.from(answer).toString('utf8')
          // Exactly one empty line, at its end: nothing that was refused can smuggle a header or a body in.
          expect(text.indexOf('\r\n\r\n')).toBe(text.length - 4)
          expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
        }
      }),
      { numRuns: 20_000, seed: 3261 },
    )
    // The mutations have to reach both sides for this to mean anything.
    expect(seen.message).toBeGreaterThan(2000)
    expect(seen.malformed).toBeGreaterThan(2000)
  }, 120_000)

  it('never throws on bytes that have nothing of SIP', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(['malformed', 'keepAlive']).toContain(parseMessage(bytes).outcome)
      }),
      { numRuns: 5000, seed: 3261 },
    )
  }, 120_000)
})
