import { BlockList, isIP } from 'node:net'
import type { Via } from '../message/via.ts'
import type { Endpoint } from './sip-transport.ts'

/** RFC 5771, RFC 4291 §2.7. */
const multicast = new BlockList()
multicast.addSubnet('224.0.0.0', 4, 'ipv4')
multicast.addSubnet('ff00::', 8, 'ipv6')

/**
 * Where a response over UDP goes (§18.2.2, RFC 3581 §4): back where the request came from, its address, with the port
 * it came from when the client asked by `rport`, else the port of sent-by.
 *
 * §18.2.2 sends it to `maddr` where there is one. We do so for a multicast group only, which is what the parameter is
 * for: with any address in it a stranger's one request would aim our answer and its retransmissions at somebody else.
 */
export const responseDestination = (via: Via, source: Endpoint): Endpoint => {
  const port = via.port ?? 5060
  const maddr = via.parameters.get('maddr')
  if (typeof maddr === 'string' && isMulticast(maddr)) return { address: maddr, port }
  return via.parameters.has('rport') ? source : { address: source.address, port }
}

const isMulticast = (address: string): boolean => {
  const family = isIP(address)
  return family !== 0 && multicast.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
