import { headerIn, OFFER, requestText, responseText, tagIn } from '../sip/testing/messages.ts'
import { mutate, noise } from './mutate.ts'
import type { Random } from './random.ts'

type Call = {
  readonly callId: string
  readonly branch: string
  readonly fromTag: string
  /** Theirs, once they answered. */
  toTag: string | null
  cseq: number
}

/** A peer that speaks SIP, most of the time wrongly, and takes up what it is answered. */
export type SipPeer = {
  /** Its next datagram. */
  next(): Buffer
  /** What the other side sent to it. */
  hears(datagram: Uint8Array): void
}

const MOST_CALLS = 64
const MOST_REQUESTS = 32
/** The share of packets that go out as they should: without them no dialog would ever come about. */
const SOUND = 0.35

const methods: readonly [string, ...string[]] = [
  'REGISTER',
  'INFO',
  'UPDATE',
  'PRACK',
  'REFER',
  'NOTIFY',
  'DANCE',
]
const statuses: readonly [number, ...number[]] = [
  100, 180, 183, 200, 200, 200, 302, 401, 404, 408, 481, 486, 487, 491, 500, 603,
]
const extras: readonly [readonly string[], ...(readonly string[])[]] = [
  [],
  [],
  [],
  ['Expires: 1'],
  ['Require: 100rel'],
  ['Record-Route: <sip:192.0.2.50;lr>, <sip:192.0.2.51>'],
  ['P-Asserted-Identity: "Anna" <sip:+39331@example.com>, <tel:+39331>', 'Privacy: id'],
  ['Reason: Q.850;cause=16;text="x"', 'Subject: folded', ' twice'],
  ['Accept: application/sdp, text/plain', 'Allow: INVITE, BYE'],
  ['Content-Encoding: gzip'],
]

/** `seed` of the run's randomness decides over everything that it says. */
export const createSipPeer = (random: Random): SipPeer => {
  const calls: Call[] = []
  /** Requests of the other side that may be answered. */
  const requests: string[] = []
  let last: Buffer = Buffer.from('\r\n\r\n')
  let number = 0

  const aCall = (): Call => calls[random.below(calls.length)] ?? newCall()
  const newCall = (): Call => {
    number += 1
    const call: Call = {
      callId: `f${number}`,
      branch: `z9hG4bKf${number}`,
      fromTag: `t${number}`,
      toTag: null,
      cseq: 1,
    }
    calls.push(call)
    if (calls.length > MOST_CALLS) calls.shift()
    return call
  }

  const offer = (): string => {
    const held = random.chance(0.2) ? OFFER.replace('m=', 'a=sendonly\r\nm=') : OFFER
    // The body alone is mutated, so that it is SDP's reader that meets it.
    return random.chance(0.5) ? held : mutate(Buffer.from(held), random).toString('latin1')
  }
  const inCall = (call: Call, method: string, parts: Parameters<typeof requestText>[0] = {}): string => {
    const { callId, branch, fromTag, toTag } = call
    number += 1
    return requestText({
      method,
      callId,
      fromTag,
      toTag,
      branch: `${branch}n${number}`,
      cseq: call.cseq,
      ...parts,
    })
  }
  const next = (call: Call): Call => {
    call.cseq += 1
    return call
  }

  const compose = (): string => {
    const choice = random.below(100)
    if (choice < 25) {
      const call = newCall()
      const body = random.chance(0.1) ? '' : offer()
      return inCall(call, 'INVITE', { branch: call.branch, toTag: null, headers: random.pick(extras), body })
    }
    if (choice < 45) return inCall(aCall(), 'ACK')
    if (choice < 55) return inCall(next(aCall()), 'BYE', { headers: random.pick(extras) })
    if (choice < 62) {
      const call = aCall()
      return inCall(call, 'CANCEL', { branch: call.branch, toTag: null })
    }
    if (choice < 74) return inCall(next(aCall()), 'INVITE', { headers: random.pick(extras), body: offer() })
    if (choice < 80) return inCall(aCall(), 'OPTIONS', random.chance(0.5) ? { toTag: null } : {})
    if (choice < 85) return inCall(aCall(), random.pick(methods), { headers: random.pick(extras) })
    const request = requests[random.below(requests.length)]
    if (request === undefined) return requestText({ method: 'OPTIONS', callId: `o${number}` })
    return responseText(request, random.pick(statuses), random.chance(0.3) ? { body: offer() } : {})
  }

  return {
    next: () => {
      const choice = random.below(100)
      if (choice < 4) return last
      if (choice < 8) return noise(random)
      const sound = Buffer.from(compose(), 'latin1')
      last = random.chance(SOUND) ? sound : mutate(sound, random)
      return last
    },
    hears: (datagram) => {
      const text = Buffer.from(datagram).toString('latin1')
      if (!text.startsWith('SIP/2.0 ')) {
        if (text.startsWith('ACK ')) return
        requests.push(text)
        if (requests.length > MOST_REQUESTS) requests.shift()
        return
      }
      const callId = headerIn(text, 'Call-ID')
      const call = calls.find((each) => each.callId === callId)
      if (call !== undefined) call.toTag ??= tagIn(text, 'To')
    },
  }
}
