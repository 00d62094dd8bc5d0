import { isLoopback } from '../config.ts'

export type OriginRule = {
  /** Where people find the console, when a proxy stands in front; null: whatever host they used. */
  readonly origin: string | null
  /** Demo: only this machine's own names are taken as Host, so no web page can rebind its name to the hub. */
  readonly loopbackOnly: boolean
}

const hostOf = (authority: string): string | null => {
  const url = `http://${authority}`
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : null
}

/** Whether the Host header names this hub. */
export const isOurHost = (host: string | undefined, rule: OriginRule): boolean => {
  if (host === undefined) return false
  if (!rule.loopbackOnly) return true
  const name = hostOf(host)
  return name !== null && isLoopback(name)
}

/**
 * Whether a request that changes something, or opens a WebSocket, comes from our own pages: its Origin (RFC 6454) must
 * be there and be ours. A browser always sends it with a POST; a page of another site cannot forge it.
 */
export const isSameOrigin = (
  headers: { readonly origin?: string | undefined; readonly host?: string | undefined },
  rule: OriginRule,
): boolean => {
  const { origin, host } = headers
  if (origin === undefined || !URL.canParse(origin) || !isOurHost(host, rule)) return false
  if (rule.origin !== null) return origin === rule.origin
  // Without a proxy the hub is plain HTTP; a proxy that ends TLS and keeps Host passes too.
  const { protocol, host: originHost } = new URL(origin)
  return (protocol === 'http:' || protocol === 'https:') && originHost === host
}
