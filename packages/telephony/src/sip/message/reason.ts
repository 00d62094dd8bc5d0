import { type Header, header, headerValues } from './headers.ts'
import type { SipMessage } from './message.ts'
import { parseHeaderParameters } from './parameters.ts'
import { splitOutsideQuotes } from './text.ts'

/** RFC 3326: why a request was sent. */
export type Reason = { readonly protocol: string; readonly cause: number | null }

/** `Reason: Q.850;cause=16`. The text parameter is left out: it is for people, and nobody should judge by it. */
export const reasonHeader = (q850: number): Header => header('Reason', `Q.850;cause=${q850}`)

/** Every reason that can be read; broken ones are skipped, because the header never decides whether a message counts. */
export const reasonsOf = (message: Pick<SipMessage, 'headers'>): readonly Reason[] => {
  const reasons: Reason[] = []
  for (const value of headerValues(message, 'reason')) {
    for (const part of splitOutsideQuotes(value, ',') ?? []) {
      const semicolon = part.indexOf(';')
      const protocol = (semicolon < 0 ? part : part.slice(0, semicolon)).trim()
      const parameters = semicolon < 0 ? null : parseHeaderParameters(part.slice(semicolon))
      const cause = parameters?.get('cause') ?? ''
      if (protocol !== '')
        reasons.push({ protocol, cause: /^\d{1,3}$/.test(cause ?? '') ? Number(cause) : null })
    }
  }
  return reasons
}

/** The Q.850 cause that a message names (RFC 3326 §2), 1 to 127; null when it names none. */
export const q850Of = (message: Pick<SipMessage, 'headers'>): number | null => {
  for (const { protocol, cause } of reasonsOf(message)) {
    if (protocol.toUpperCase() === 'Q.850' && cause !== null && cause >= 1 && cause <= 127) return cause
  }
  return null
}
