import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Where webhooks may go beyond public addresses over HTTPS. */
export type TargetPolicy = {
  /** Also unencrypted. */
  readonly allowHttp: boolean
  /** Also to this machine and its networks. */
  readonly allowPrivate: boolean
}

/** IANA's special-purpose registry for IPv4 (RFC 6890): what is not reached globally, and multicast. */
const NOT_PUBLIC_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const
/** Within global unicast (2000::/3), outside which nothing is public: protocol assignments with Teredo, documentation, 6to4. */
const NOT_PUBLIC_IPV6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const notPublic = new BlockList()
for (const [net, prefix] of NOT_PUBLIC_IPV4) notPublic.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of NOT_PUBLIC_IPV6) notPublic.addSubnet(net, prefix, 'ipv6')
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')

/** Whether an IP address is one of the public internet: not of this machine, of its networks or of none. */
export const isPublicAddress = (address: string): boolean => {
  switch (isIP(address)) {
    case 4:
      return !notPublic.check(address, 'ipv4')
    case 6:
      return globalUnicast.check(address, 'ipv6') && !notPublic.check(address, 'ipv6')
    default:
      return false
  }
}

export type TargetRefusal = 'BAD_URL' | 'NOT_HTTPS' | 'PRIVATE_TARGET'

/** Why a webhook may not go there, by the URL alone: what its name leads to is looked at with each connection. */
export const targetRefusal = (text: string, policy: TargetPolicy): TargetRefusal | null => {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return 'BAD_URL'
  if (url.protocol === 'http:' && !policy.allowHttp) return 'NOT_HTTPS'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isPrivate = isIP(host) === 0 ? /(?:^|\.)localhost\.?$/.test(host) : !isPublicAddress(host)
  return isPrivate && !policy.allowPrivate ? 'PRIVATE_TARGET' : null
}

/** As `dns.lookup` with `all`. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * For `net.connect`: what a name leads to, without the addresses that are not allowed; `PRIVATE_TARGET` when none is left. The
 * connection goes to one of those answered here and nowhere else, so that a name which leads elsewhere a moment later (DNS
 * rebinding) gains nothing.
 */
export const allowedLookup =
  (policy: TargetPolicy, resolve: Resolve = lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [])
      const allowed = addresses.filter(({ address }) => policy.allowPrivate || isPublicAddress(address))
      const [first] = allowed
      if (first === undefined) {
        const refused = new Error('the name leads to no address that webhooks may go to')
        return callback(Object.assign(refused, { code: 'PRIVATE_TARGET' satisfies TargetRefusal }), [])
      }
      if (options.all === true) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
