import type { IncomingMessage } from 'node:http'

/**
 * Browsers do not apply the same-origin policy to WebSockets: any page may open one and the cookie goes along, so the
 * server compares `Origin` itself (RFC 6455 §10.2). Without a public origin the request's own `Host` must match; a request
 * without `Origin` comes from no browser and is refused.
 */
export const isSameOrigin = (request: IncomingMessage, publicOrigin: string | null): boolean => {
  const origin = request.headers.origin
  if (origin === undefined || !URL.canParse(origin)) return false
  const given = new URL(origin)
  if (publicOrigin !== null) return given.origin === publicOrigin
  return request.headers.host !== undefined && given.host === request.headers.host
}
