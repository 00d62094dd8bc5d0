import { type Config, isLoopback } from '../config.ts'

/**
 * What is allowed and still not as an operator would want it: a sentence or two each, with what to do. Said in the banner
 * and in the log at every start, so no value that is personal or secret stands in them.
 */
export const configWarnings = (config: Config): string[] => (isPlainHttp(config) ? [PLAIN_HTTP] : [])

const PLAIN_HTTP =
  'The console is reached over plain HTTP from other machines: passwords and sessions can be read and taken on the way, and ' +
  'browsers there give it no microphone. Put a proxy with a certificate in front of the hub and set ' +
  'HUB_PUBLIC_ORIGIN=https://… ("HTTPS" in README.md).'

/** The demo listens on this machine only. */
const isPlainHttp = ({ mode, http }: Config): boolean => {
  if (mode === 'demo') return false
  if (http.origin === null) return !isLoopback(http.address)
  const { protocol, hostname } = new URL(http.origin)
  return protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/g, ''))
}
