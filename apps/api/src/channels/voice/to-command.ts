import {
  type CallId,
  type ContactPoint,
  type CountryCode,
  type InteractionId,
  type LegId,
  normalisePhone,
  parseId,
} from '@centralino/domain'
import type { EdgeFact } from '@centralino/telephony/edge-contract'
import { z } from 'zod'
import { callIdOf, interactionIdOf } from './ids.ts'

/** What a call that arrived says of itself, in the domain's words. */
export type CallArrival = {
  readonly callId: CallId
  readonly interactionId: InteractionId
  readonly legId: LegId
  readonly sipCallId: string
  readonly contactPoint: ContactPoint
  /** E.164; null when withheld or no number. */
  readonly from: string | null
  readonly fromRaw: string
  readonly fromHeader: 'P-Asserted-Identity' | 'From'
  /** E.164; null when what was dialled is no number: then nothing answers there. */
  readonly to: string | null
  readonly toRaw: string
  /** Of the trunk, proxy or phone whose INVITE it was. */
  readonly sourceAddress: string
}

/** Longest text of a header that is kept as it came; a URI longer than that is no number. */
const RAW_LIMIT = 256
const raw = z.string().transform((text) => text.slice(0, RAW_LIMIT))
const party = z.object({ uri: raw })

const callArrived = z.object({
  type: z.literal('CallArrived'),
  legId: z.string().transform((text) => parseId('leg', text)),
  sipCallId: raw,
  requestUri: raw,
  from: party,
  assertedIdentity: party.nullable(),
  to: party,
  source: z.object({ address: z.string() }),
})

export type ArrivalOptions = {
  /** Whose national numbers are meant by digits without a country code. */
  readonly defaultCountry: CountryCode
}

/**
 * The caller is who P-Asserted-Identity names (RFC 3325: the network vouches for it), else who From claims; the number
 * dialled is the request URI's user, else To's. Numbers become E.164, what came is kept beside them. A caller without a
 * number is anonymous under the call's own id. Throws on a fact that breaks the contract.
 */
export const toCallArrival = (fact: EdgeFact, { defaultCountry }: ArrivalOptions): CallArrival => {
  const body = callArrived.parse(fact.body)
  const callId = callIdOf(fact.edgeRun, body.legId)
  const caller = callerOf(body, defaultCountry)
  const contactPoint: ContactPoint =
    caller.from === null
      ? { kind: 'anonymous', value: callId, raw: caller.fromRaw }
      : { kind: 'phone', value: caller.from, raw: caller.fromRaw }
  return {
    callId,
    interactionId: interactionIdOf(callId),
    legId: body.legId,
    sipCallId: body.sipCallId,
    contactPoint,
    ...caller,
    ...dialledOf(body, defaultCountry),
    sourceAddress: body.source.address,
  }
}

type Arrived = z.infer<typeof callArrived>

const callerOf = (
  { from, assertedIdentity }: Arrived,
  country: CountryCode,
): Pick<CallArrival, 'from' | 'fromRaw' | 'fromHeader'> => {
  const asserted = assertedIdentity === null ? null : numberIn(assertedIdentity.uri, country)
  if (assertedIdentity !== null && asserted !== null)
    return { from: asserted, fromRaw: assertedIdentity.uri, fromHeader: 'P-Asserted-Identity' }
  return { from: numberIn(from.uri, country), fromRaw: from.uri, fromHeader: 'From' }
}

const dialledOf = ({ requestUri, to }: Arrived, country: CountryCode): Pick<CallArrival, 'to' | 'toRaw'> => {
  const dialled = numberIn(requestUri, country)
  if (dialled !== null) return { to: dialled, toRaw: requestUri }
  return { to: numberIn(to.uri, country), toRaw: to.uri }
}

const numberIn = (uri: string, country: CountryCode): string | null => {
  const phone = normalisePhone(uri, country)
  return phone.kind === 'phone' ? phone.value : null
}
