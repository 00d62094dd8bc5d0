import { headerValues } from './headers.ts'
import type { SipMessage } from './message.ts'
import { type NameAddr, parseNameAddr } from './name-addr.ts'
import { splitOutsideQuotes } from './text.ts'

/** Every address of a list header (Contact, Route, Record-Route, P-Asserted-Identity …), in order; null when one is none. */
export const addressesOf = (
  message: Pick<SipMessage, 'headers'>,
  key: string,
): readonly NameAddr[] | null => {
  const addresses: NameAddr[] = []
  for (const value of headerValues(message, key)) {
    for (const part of splitOutsideQuotes(value, ',') ?? ['']) {
      const address = parseNameAddr(part)
      if (address === null) return null
      addresses.push(address)
    }
  }
  return addresses
}
