import { BlockList, isIP } from 'node:net'
import type { Via } from '../message/via.ts'
import { defaultPort, type Flow } from './sip-transport.ts'

/** RFC 5771, RFC 4291 §2.7. */
const multicast = new BlockList()
multicast.addSubnet('224.0.0.0', 4, 'ipv4')
multicast.addSubnet('ff00::', 8, 'ipv6')

/**
 * Where a response goes (§18.2.2, RFC 3581 §4): back where the request came from. Over a stream on the same connection, and
 * where that is gone on one to the source's address and the port of sent-by; over UDP to the port it came from when the
 * client asked by `rport`, else to the port of sent-by.
 *
 * §18.2.2 sends it to `maddr` where there is one. We do so for a multicast group only, which is what the parameter is
 * for: with any address in it a stranger's one request would aim our answer and its retransmissions at somebody else.
 */
export const responseDestination = (via: Via, source: Flow): Flow => {
  const port = via.port ?? defaultPort(source.protocol)
  if (source.protocol !== 'UDP') return { ...source, port }
  const maddr = via.parameters.get('maddr')
  if (typeof maddr === 'string' && isMulticast(maddr)) return { protocol: 'UDP', address: maddr, port }
  return via.parameters.has('rport') ? source : { ...source, port }
}

const isMulticast = (address: string): boolean => {
  const family = isIP(address)
  return family !== 0 && multicast.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
