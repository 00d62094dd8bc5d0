import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerOffer, makeOffer, type OurAudio, readAnswer, sipStatusOfSdpRefusal } from './index.ts'

const ours: OurAudio = {
  address: '192.0.2.1',
  port: 20_000,
  codecs: ['PCMU', 'PCMA'],
  sessionId: '42',
  sessionVersion: 3,
}

const offer = (media: readonly string[], session: readonly string[] = ['c=IN IP4 192.0.2.9']): string =>
  ['v=0', 'o=peer 1 1 IN IP4 192.0.2.9', 's=-', ...session, 't=0 0', ...media, ''].join('\r\n')

const answered = (sdp: string, audio: Partial<OurAudio> = {}, prefer: 'theirs' | 'ours' = 'theirs') => {
  const outcome = answerOffer(sdp, { ...ours, ...audio }, prefer)
  if ('refused' in outcome) throw new Error(outcome.refused)
  return outcome
}
const refused = (sdp: string): string => {
  const outcome = answerOffer(sdp, ours)
  return 'refused' in outcome ? outcome.refused : 'answered'
}
const lines = (sdp: string, start: string): readonly string[] =>
  sdp.split('\r\n').filter((line) => line.startsWith(start))

describe('answer to an offer (RFC 3264 §6)', () => {
  it('is one codec, in the order of the offer, with telephone events as the offer numbers them', () => {
    const outcome = answered(offer(['m=audio 6000 RTP/AVP 8 0 96', 'a=rtpmap:96 telephone-event/8000']))
    expect(outcome).toMatchObject({
      codec: 'PCMA',
      payloadType: 8,
      telephoneEventPayloadType: 96,
      remote: { address: '192.0.2.9', port: 6000, rtcpPort: 6001 },
      direction: 'sendrecv',
      heldByPeer: false,
      ptimeMilliseconds: null,
    })
    expect(lines(outcome.answer, 'm=')).toEqual(['m=audio 20000 RTP/AVP 8 96'])
    expect(lines(outcome.answer, 'o=')).toEqual(['o=- 42 3 IN IP4 192.0.2.1'])
    expect(lines(outcome.answer, 'a=fmtp')).toEqual(['a=fmtp:96 0-15'])
  })

  it('may prefer our order, and take fewer codecs', () => {
    const both = offer(['m=audio 6000 RTP/AVP 8 0'])
    expect(answered(both, {}, 'ours').codec).toBe('PCMU')
    expect(answered(both, { codecs: ['PCMU'] }).codec).toBe('PCMU')
  })

  it('knows a codec by its name under any number, and not under another clock rate or with two channels', () => {
    const named = (map: string): string => offer(['m=audio 6000 RTP/AVP 97', `a=rtpmap:97 ${map}`])
    expect(answered(named('pcma/8000'))).toMatchObject({ codec: 'PCMA', payloadType: 97 })
    expect(answered(named('PCMU/8000/1')).codec).toBe('PCMU')
    expect(refused(named('PCMU/16000'))).toBe('NO_COMMON_CODEC')
    expect(refused(named('PCMU/8000/2'))).toBe('NO_COMMON_CODEC')
    expect(refused(offer(['m=audio 6000 RTP/AVP 0', 'a=rtpmap:0 G729/8000']))).toBe('NO_COMMON_CODEC')
  })

  it('refuses every other stream in its place by port 0', () => {
    const { answer } = answered(
      offer([
        'm=video 7000 RTP/AVP 31',
        'm=audio 6000 RTP/SAVP 0',
        'm=audio 6002 RTP/AVP 0',
        'm=audio 6004 RTP/AVP 8',
        'm=image 6006 udptl t38',
      ]),
    )
    expect(lines(answer, 'm=')).toEqual([
      'm=video 0 RTP/AVP 31',
      'm=audio 0 RTP/SAVP 0',
      'm=audio 20000 RTP/AVP 0',
      'm=audio 0 RTP/AVP 8',
      'm=image 0 udptl t38',
    ])
  })

  it.each([
    ['sendrecv', undefined, 'sendrecv', false],
    ['sendonly', undefined, 'recvonly', true],
    ['recvonly', undefined, 'sendonly', false],
    ['inactive', undefined, 'inactive', true],
    ['sendrecv', 'sendonly', 'sendonly', false],
    ['sendonly', 'sendonly', 'inactive', true],
  ] as const)('to %s, while we want %s, is %s', (theirs, wanted, expected, held) => {
    const outcome = answered(
      offer(['m=audio 6000 RTP/AVP 0', `a=${theirs}`]),
      wanted === undefined ? {} : { direction: wanted },
    )
    expect(outcome).toMatchObject({ direction: expected, heldByPeer: held })
    expect(outcome.answer).toContain(`a=${expected}\r\n`)
  })

  it('takes an address of zeros as the hold of old: we listen and send nothing', () => {
    const outcome = answered(offer(['m=audio 6000 RTP/AVP 0'], ['c=IN IP4 0.0.0.0']))
    expect(outcome).toMatchObject({ direction: 'recvonly', heldByPeer: true })
  })

  it('takes address and direction of the session where the stream has none, of the stream otherwise', () => {
    const session = ['c=IN IP4 192.0.2.9', 'a=sendonly']
    expect(answered(offer(['m=audio 6000 RTP/AVP 0'], session)).heldByPeer).toBe(true)
    const own = ['m=audio 6000 RTP/AVP 0', 'c=IN IP4 192.0.2.77', 'a=sendrecv', 'a=ptime:30', 'a=rtcp:7001']
    expect(answered(offer(own, session))).toMatchObject({
      remote: { address: '192.0.2.77', port: 6000, rtcpPort: 7001 },
      heldByPeer: false,
      ptimeMilliseconds: 30,
    })
    expect(answered(offer(own, [])).remote.address).toBe('192.0.2.77')
  })

  it('leaves digits out where we do not want them', () => {
    const sdp = offer(['m=audio 6000 RTP/AVP 0 101', 'a=rtpmap:101 telephone-event/8000'])
    expect(answered(sdp, { telephoneEvent: false }).telephoneEventPayloadType).toBeNull()
    expect(answered(sdp, { telephoneEvent: false }).answer).not.toContain('telephone-event')
  })

  it('writes an IPv6 address and a port of RTCP that is not the next', () => {
    const { answer } = answered(offer(['m=audio 6000 RTP/AVP 0']), {
      address: '2001:db8::1',
      rtcpPort: 20_005,
    })
    expect(lines(answer, 'c=')).toEqual(['c=IN IP6 2001:db8::1'])
    expect(lines(answer, 'a=rtcp:')).toEqual(['a=rtcp:20005'])
  })
})

describe('an offer that is refused', () => {
  const audio = ['m=audio 6000 RTP/AVP 0']
  it.each([
    ['no common codec', offer(['m=audio 6000 RTP/AVP 18']), 'NO_COMMON_CODEC'],
    ['no audio', offer(['m=video 6000 RTP/AVP 31']), 'NO_AUDIO_STREAM'],
    ['no stream at all', offer([]), 'NO_AUDIO_STREAM'],
    ['audio that is switched off', offer(['m=audio 0 RTP/AVP 0']), 'NO_AUDIO_STREAM'],
    ['encrypted audio only', offer(['m=audio 6000 RTP/SAVP 0']), 'NO_AUDIO_STREAM'],
    ['a host name', offer(audio, ['c=IN IP4 phone.example.com']), 'UNSUPPORTED_ADDRESS'],
    ['a multicast group', offer(audio, ['c=IN IP4 233.252.0.1/127']), 'UNSUPPORTED_ADDRESS'],
    ['no address', offer(audio, []), 'MALFORMED_SDP'],
    ['no v= line', offer(audio).slice(5), 'MALFORMED_SDP'],
    ['no o= line', offer(audio).replace(/o=.*\r\n/, ''), 'MALFORMED_SDP'],
    ['a port of six digits', offer(['m=audio 600000 RTP/AVP 0']), 'MALFORMED_SDP'],
    ['a port beyond 65535', offer(['m=audio 65536 RTP/AVP 0']), 'MALFORMED_SDP'],
    ['a stream without a format', offer(['m=audio 6000 RTP/AVP']), 'MALFORMED_SDP'],
    ['a line of nothing', offer([...audio, '', 'a=x']), 'MALFORMED_SDP'],
    ['noise', 'hello', 'MALFORMED_SDP'],
    ['nothing', '', 'MALFORMED_SDP'],
    ['too many streams', offer(Array(17).fill('m=audio 6000 RTP/AVP 0')), 'MALFORMED_SDP'],
    ['a line too long', offer([...audio, `a=rtpmap:0 ${'y'.repeat(1100)}`]), 'MALFORMED_SDP'],
    ['nothing but line ends', '\r\n'.repeat(8000), 'MALFORMED_SDP'],
    ['too much', offer([...audio, `a=x:${'y'.repeat(17_000)}`]), 'MALFORMED_SDP'],
  ])('for %s says so by a code', (_why, sdp, code) => {
    expect(refused(sdp)).toBe(code)
  })

  it('has a SIP status for each code', () => {
    expect(sipStatusOfSdpRefusal.NO_COMMON_CODEC).toBe(488)
    expect(sipStatusOfSdpRefusal.MALFORMED_SDP).toBe(400)
  })

  it('ends its lines with LF alone and is read all the same (RFC 8866 §5)', () => {
    expect(refused(offer(audio).replaceAll('\r\n', '\n'))).toBe('answered')
  })
})

describe('an offer of ours', () => {
  it('is agreed on by the other side, and its answer read back', () => {
    const theirs: OurAudio = { ...ours, address: '192.0.2.9', port: 6000, codecs: ['PCMA'] }
    const theirAnswer = answerOffer(makeOffer(ours), theirs)
    if ('refused' in theirAnswer) throw new Error(theirAnswer.refused)
    expect(readAnswer(theirAnswer.answer, ours)).toEqual({
      codec: 'PCMA',
      payloadType: 8,
      telephoneEventPayloadType: 101,
      remote: { address: '192.0.2.9', port: 6000, rtcpPort: 6001 },
      direction: 'sendrecv',
      heldByPeer: false,
      ptimeMilliseconds: 20,
    })
  })

  it('for hold is answered recvonly', () => {
    const hold = { ...ours, direction: 'sendonly' } as const
    const theirs = answerOffer(makeOffer(hold), { ...ours, port: 6000 })
    if ('refused' in theirs) throw new Error(theirs.refused)
    expect(theirs).toMatchObject({ direction: 'recvonly', heldByPeer: true })
    expect(readAnswer(theirs.answer, hold)).toMatchObject({ direction: 'sendonly', heldByPeer: false })
  })

  it('whose answer refuses the stream, or names another codec, comes to nothing', () => {
    expect(readAnswer(offer(['m=audio 0 RTP/AVP 0']), ours)).toMatchObject({ refused: 'NO_AUDIO_STREAM' })
    expect(readAnswer(offer(['m=audio 6000 RTP/AVP 18']), ours)).toMatchObject({ refused: 'NO_COMMON_CODEC' })
    expect(readAnswer('x', ours)).toMatchObject({ refused: 'MALFORMED_SDP' })
  })
})

describe('10 000 mutated offers', () => {
  it('are answered or refused by a code, never thrown at, and every answer is an offer that we would take', () => {
    const seed = offer(
      [
        'm=audio 6000 RTP/AVP 8 0 101',
        'a=rtpmap:101 telephone-event/8000',
        'a=fmtp:101 0-16',
        'a=ptime:20',
        'a=sendonly',
        'a=rtcp:6001 IN IP4 192.0.2.9',
        'm=video 7000/2 RTP/AVP 31',
        'c=IN IP4 192.0.2.10',
        'a=candidate:1 1 UDP 2113667327 203.0.113.1 54400 typ host',
      ],
      ['b=AS:64', 'c=IN IP4 192.0.2.9', 'a=group:BUNDLE a'],
    )
    const change = fc.tuple(
      fc.nat(9999),
      fc.constantFrom('', ...'\r\n =:/ 0918-amvc.'.split(''), '\u00e9', '\0'),
      fc.nat(3),
    )
    const seen = { answered: 0, refused: 0 }
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const text = changes.reduce((sdp, [at, insert, remove]) => {
          const i = Math.floor((at * sdp.length) / 10_000)
          return sdp.slice(0, i) + insert + sdp.slice(i + remove)
        }, seed)
        const outcome = answerOffer(text, ours)
        if ('refused' in outcome) seen.refused += 1
        else {
          seen.answered += 1
          expect(refused(outcome.answer)).toBe('answered')
          expect(lines(outcome.answer, 'm=')).toHaveLength(
            text.split(/\r?\n/).filter((l) => l.startsWith('m=')).length,
          )
        }
      }),
      { numRuns: 10_000, seed: 3264 },
    )
    expect(seen.answered).toBeGreaterThan(1000)
    expect(seen.refused).toBeGreaterThan(1000)
  }, 120_000)
})
