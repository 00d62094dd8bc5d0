import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Endpoint } from '../../endpoint.ts'
import type { SipUri } from '../message/uri.ts'
import { defaultPort, type SipProtocol } from './sip-transport.ts'

/**
 * Finds where a request for a URI goes; null when nothing is known of the host. At once where it can be: a numeric
 * host needs no waiting. SRV and NAPTR (RFC 3263) belong behind this type.
 */
export type Locate = (uri: SipUri) => Endpoint | null | Promise<Endpoint | null>

/** What the URI names as its transport (§19.1.5, §26.2.2); null where that is none of ours. */
export const protocolNamed = (uri: SipUri): SipProtocol | 'none' | null => {
  if (uri.scheme === 'sips') return 'TLS'
  const named = uri.parameters.get('transport')?.toUpperCase()
  if (named === undefined) return 'none'
  return named === 'UDP' || named === 'TCP' || named === 'TLS' ? named : null
}

/** Numeric hosts (and `maddr`, §19.1.1) at once, names by the system's resolver. */
export const locateBySystem: Locate = (uri) => {
  const host = (uri.parameters.get('maddr') ?? uri.host).replace(/^\[|\]$/g, '')
  const port = uri.port ?? defaultPort(protocolNamed(uri) === 'TLS' ? 'TLS' : 'UDP')
  if (isIP(host) !== 0) return { address: host, port }
  return lookup(host, { family: 4 }).then(
    (found) => ({ address: found.address, port }),
    () => null,
  )
}
