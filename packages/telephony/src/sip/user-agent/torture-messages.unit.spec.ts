import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { headerValue, headerValues } from '../message/headers.ts'
import type { SipMessage } from '../message/message.ts'
import { tagOf } from '../message/name-addr.ts'
import { parseMessage } from '../message/parser.ts'
import { formatUri, userOf } from '../message/uri.ts'
import { userAgentBench } from '../testing/bench.ts'
import { headerIn } from '../testing/messages.ts'

/**
 * The messages of RFC 4475 as files, from the npm package `sip`. That cut `baddn` in two, and has two of its own that are
 * not the RFC's: `badcseq`, and `test` of an earlier draft.
 */
const folder = join(dirname(createRequire(import.meta.url).resolve('sip/package.json')), 'test/messages')
const NO_MESSAGE = 'baddn_sep'
const bytesOf = (name: string): Uint8Array => {
  const read = (file: string): Buffer => readFileSync(join(folder, `${file}.dat`))
  return name === 'baddn' ? Buffer.concat([read(name), read(NO_MESSAGE)]) : read(name)
}

/**
 * What an element of our kind, a user agent without a registrar, makes of the datagram. `call`: an INVITE that is let in;
 * a number: the status of the one answer; `taken`: a well-formed response, of no transaction of ours; `dropped`: malformed
 * and never answered.
 */
type Outcome = 'call' | 'taken' | 'dropped' | number

/** The RFC's section, the message, and the outcome that it names; where it names several, the one that is ours. */
const outcomes: readonly (readonly [section: string, name: string, outcome: Outcome])[] = [
  // Its To has a tag, and no dialog of ours has it: 481 (RFC 3261 §12.2.2).
  ['3.1.1.1', 'wsinv', 481],
  // "Unknown method": 501, as it is no method of ours or of the registry (RFC 3261 §21.5.2).
  ['3.1.1.2', 'intmeth', 501],
  ['3.1.1.3', 'esc01', 'call'],
  // Every REGISTER is well-formed and gets what §8.2.1 of RFC 3261 has for a method that is not served.
  ['3.1.1.4', 'escnull', 405],
  // "RE%47IST%45R" is not REGISTER.
  ['3.1.1.5', 'esc02', 501],
  ['3.1.1.6', 'lwsdisp', 200],
  ['3.1.1.7', 'longreq', 'call'],
  // The REGISTER is answered, the INVITE behind it in the same datagram is not seen.
  ['3.1.1.8', 'dblreq', 405],
  ['3.1.1.9', 'semiuri', 200],
  ['3.1.1.10', 'transports', 200],
  ['3.1.1.11', 'mpart01', 405],
  ['3.1.1.12', 'unreason', 'taken'],
  ['3.1.1.13', 'noreason', 'taken'],
  ['3.1.2.1', 'badinv01', 400],
  ['3.1.2.2', 'clerr', 400],
  ['3.1.2.3', 'ncl', 400],
  ['3.1.2.4', 'scalar02', 400],
  ['3.1.2.5', 'scalarlg', 'dropped'],
  ['3.1.2.6', 'quotbal', 400],
  // Sections 7 to 11, 14 and 15: 400, or guessing what was meant, which we do not.
  ['3.1.2.7', 'ltgtruri', 400],
  ['3.1.2.8', 'lwsruri', 400],
  ['3.1.2.9', 'lwsstart', 400],
  ['3.1.2.10', 'trws', 400],
  ['3.1.2.11', 'escruri', 400],
  // Whoever does not use Date may pass over it.
  ['3.1.2.12', 'baddate', 'call'],
  ['3.1.2.13', 'regbadct', 400],
  ['3.1.2.14', 'badaspec', 400],
  ['3.1.2.15', 'baddn', 400],
  ['3.1.2.16', 'badvers', 505],
  ['3.1.2.17', 'mismatch01', 400],
  // 501 rather than 400: that the method is unknown weighs more.
  ['3.1.2.18', 'mismatch02', 501],
  ['3.1.2.19', 'bigcode', 'dropped'],
  // 400, or the transaction identifier of RFC 2543: the latter.
  ['3.2.1', 'badbranch', 200],
  ['3.3.1', 'insuf', 400],
  ['3.3.2', 'unkscm', 416],
  ['3.3.3', 'novelsc', 416],
  ['3.3.4', 'unksm2', 405],
  ['3.3.5', 'bext01', 420],
  ['3.3.6', 'invut', 415],
  ['3.3.7', 'regaut01', 405],
  ['3.3.8', 'multi01', 400],
  ['3.3.9', 'mcl01', 400],
  // More than one Via: discarded, and nothing is sent to 255.255.255.255.
  ['3.3.10', 'bcast', 'taken'],
  // An endpoint answers as if the field were positive.
  ['3.3.11', 'zeromf', 200],
  ['3.3.12', 'cparam01', 405],
  ['3.3.13', 'cparam02', 405],
  ['3.3.14', 'regescrt', 405],
  ['3.3.15', 'sdp01', 406],
  ['3.4.1', 'inv2543', 'call'],
  ['none', 'badcseq', 400],
  // Without a version it is no SIP.
  ['none', 'test', 'dropped'],
]

/** What left a user agent to which the message came as one datagram. */
const received = (name: string) => {
  const bench = userAgentBench()
  bench.wire.receive(bytesOf(name), { address: '203.0.113.9', port: 5060 })
  expect(bench.logged).toEqual([])
  const counts = bench.counters.snapshot()
  return { ...bench, malformed: counts['sip.malformed'], stray: counts['sip.responseStray'] }
}

const message = (name: string): SipMessage => {
  const parsed = parseMessage(bytesOf(name))
  if (parsed.outcome !== 'message') throw new Error(JSON.stringify(parsed))
  return parsed.message
}

describe('the torture messages of RFC 4475', () => {
  it.each(outcomes)('§%s %s: %s', (_section, name, outcome) => {
    const { statuses, sessions, malformed, stray } = received(name)
    switch (outcome) {
      case 'call':
        // A new call is answered 100 and waits for its owner.
        expect([statuses(), sessions.length, malformed]).toEqual([[100], 1, 0])
        return
      case 'taken':
        expect([statuses(), stray, malformed]).toEqual([[], 1, 0])
        return
      case 'dropped':
        expect([statuses(), stray, malformed]).toEqual([[], 0, 1])
        return
      default:
        expect([statuses(), sessions]).toEqual([[outcome], []])
    }
  })

  it('has an outcome for every message there is', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.dat'))
    const names = files.map((file) => file.slice(0, -'.dat'.length))
    expect(names.toSorted()).toEqual([...outcomes.map(([, name]) => name), NO_MESSAGE].toSorted())
    expect(outcomes.filter(([section]) => section !== 'none')).toHaveLength(49)
  })
})

describe('what a torture message says', () => {
  it('§3.1.1.1: folded, compact and odd headers are read as what they are', () => {
    const invite = message('wsinv')
    expect(invite.vias.map(({ transport, host }) => `${transport} ${host}`)).toEqual([
      'UDP 192.0.2.2',
      'TCP spindle.example.com',
      'UDP 192.168.255.111',
    ])
    expect(invite.from.displayName).toBe('J Rosenberg \\"')
    expect([tagOf(invite.from), tagOf(invite.to)]).toEqual(['98asjd8', '1918181833n'])
    expect(invite.cseq).toEqual({ number: 9, method: 'INVITE' })
    expect(headerValue(invite, 'unknownheaderwithunusualvalue')).toBe(';;,,;;,;')
    expect(headerValue(invite, 'newfangledheader')).toBe('newfangled value continued newfangled value')
    expect(invite.body).toHaveLength(150)
  })

  it('§3.1.1.2: no character that may stand in a token, a user or a Call-ID is lost', () => {
    const request = message('intmeth')
    expect(request.kind === 'request' && request.method).toBe("!interesting-Method0123456789_*+`.%indeed'~")
    expect(request.kind === 'request' && formatUri(request.requestUri)).toBe(
      "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com",
    )
    expect(request.callId).toBe('intmeth.word%ZK-!.*_+\'@word`~)(><:\\/"][?}{')
    expect(tagOf(request.from)).toBe("_token~1'+`*%!-.")
  })

  it('§3.1.1.3, §3.1.1.4: escapes are kept on the wire and undone once for who reads', () => {
    const { sessions } = received('esc01')
    expect(sessions[0]?.requestUri).toMatchObject({
      uri: 'sip:sips%3Auser%40example.com@example.net',
      user: 'sips:user@example.com',
    })
    expect(userOf(message('escnull').to.uri)).toBe('null-\0-null')
    expect(headerValues(message('escnull'), 'contact')).toHaveLength(2)
  })

  it('§3.1.1.5: an escape in a header name is none', () => {
    expect(headerValues(message('esc02'), 'contact')).toHaveLength(2)
    expect(message('esc02').to.displayName).toBe('%Z%45')
  })

  it('§3.1.1.7: a long header stays whole', () => {
    expect(message('longreq').vias).toHaveLength(34)
    expect(message('longreq').from.uri).toMatchObject({ kind: 'sip', host: 'example.net' })
  })

  it('§3.1.1.11: a body of bytes is no text', () => {
    expect(message('mpart01').body).toHaveLength(553)
  })

  it('§3.3.5: every extension that is required is named in the refusal', () => {
    expect(headerIn(received('bext01').last('SIP/2.0 420'), 'Unsupported')).toBe(
      'nothingSupportsThis, nothingSupportsThisEither',
    )
  })

  it('§3.3.6: the refusal says which content is taken', () => {
    expect(headerIn(received('invut').last('SIP/2.0 415'), 'Accept')).toBe('application/sdp')
  })
})
