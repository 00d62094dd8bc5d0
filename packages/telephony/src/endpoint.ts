import { isIPv6 } from 'node:net'

/** A numeric IP address and a port. */
export type Endpoint = { readonly address: string; readonly port: number }

/** `192.0.2.1:5060`, `[2001:db8::1]:5060`. */
export const endpointText = ({ address, port }: Endpoint): string =>
  isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`
