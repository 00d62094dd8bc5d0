import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { ContactPoint } from './events.ts'

export type { CountryCode }

export type NormalisedPhone =
  | { readonly kind: 'phone'; readonly value: string; readonly raw: string }
  /** The caller keeps the number to themselves, or there is none to keep (a SIP user name, an extension). */
  | { readonly kind: 'anonymous'; readonly why: 'withheld' | 'notANumber'; readonly raw: string }

/** What phones and trunks put where the number would be: RFC 3323 clause 4.1.1.3 says `anonymous`, carriers say the rest. */
const WITHHELD = new Set([
  '',
  'anonymous',
  'restricted',
  'unavailable',
  'private',
  'unknown',
  'withheld',
  'anonymous.invalid',
])

/** Digits with the visual separators of RFC 3966 clause 5.1.1, perhaps `+` in front; neither letters nor `*` and `#`. */
const NUMBER_LIKE = /^\+?[\d\s().\-/]+$/

/**
 * The E.164 number in what a channel said: a SIP URI, its user part, a `tel:` URI (RFC 3966, its `phone-context`
 * heeded) or digits as people write them. National numbers are read as of `defaultCountry`; whether a number's length
 * fits its country is checked, whether anybody has it is not.
 */
export const normalisePhone = (raw: string, defaultCountry: CountryCode): NormalisedPhone => {
  const [user = '', ...parameters] = userPart(raw).split(';')
  if (WITHHELD.has(user.toLowerCase())) return { kind: 'anonymous', why: 'withheld', raw }
  const context = parameters.find((parameter) => parameter.startsWith('phone-context=+'))
  const text =
    context === undefined || user.startsWith('+') ? user : context.slice('phone-context='.length) + user
  const number = NUMBER_LIKE.test(text)
    ? parsePhoneNumberFromString(text, { defaultCountry, extract: false })
    : undefined
  return number?.isPossible()
    ? { kind: 'phone', value: number.number, raw }
    : { kind: 'anonymous', why: 'notANumber', raw }
}

const userPart = (raw: string): string => {
  const bare = raw.trim().replace(/^</, '').replace(/>$/, '')
  const scheme = /^(sips?|tel):/i.exec(bare)
  const rest = scheme === null ? bare : bare.slice(scheme[0].length)
  const at = rest.lastIndexOf('@')
  const user = at === -1 ? rest : rest.slice(0, at)
  return unescaped(user).trim()
}

/** Percent-escapes undone (RFC 3261 clause 19.1.2); text with broken ones is left as it is. */
const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** RFC 5321 clause 4.5.3.1.3 allows a path of 256 octets, its angle brackets among them. */
const LONGEST_ADDRESS = 254

/**
 * The mail address in lower case, out of `Name <address>` too; null when there is none. The local part's case is
 * dropped on purpose: no mailbox in use tells them apart, and people type it either way.
 */
export const normaliseEmail = (raw: string): string | null => {
  const bracketed = /<([^<>]*)>\s*$/.exec(raw)
  const address = (bracketed?.[1] ?? raw)
    .trim()
    .replace(/^mailto:/i, '')
    .normalize('NFC')
    .toLowerCase()
  if (address.length > LONGEST_ADDRESS) return null
  return /^[^\s@<>"(),:;]+@[^\s@<>"(),:;.]+(\.[^\s@<>"(),:;.]+)*$/.test(address) ? address : null
}

/** A correspondent's contact point; null when the text holds no address. */
export const emailContactPoint = (raw: string): ContactPoint | null => {
  const value = normaliseEmail(raw)
  return value === null ? null : { kind: 'email', value, raw }
}
