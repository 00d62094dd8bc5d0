import { isIP } from 'node:net'
import type { Via } from '../message/via.ts'
import type { Endpoint } from './sip-transport.ts'

/**
 * Where a response over UDP goes (§18.2.2, RFC 3581 §4): `maddr`, else back where the request came from: its address,
 * with the port it came from when the client asked by `rport`, else the port of sent-by.
 */
export const responseDestination = (via: Via, source: Endpoint): Endpoint => {
  const port = via.port ?? 5060
  const maddr = via.parameters.get('maddr')
  if (typeof maddr === 'string' && isIP(maddr) !== 0) return { address: maddr, port }
  return via.parameters.has('rport') ? source : { address: source.address, port }
}
