import type { RequestHandler } from 'express'

/** What a page of ours may load: itself, its own inline scripts by hash, and nothing from elsewhere. */
export const contentSecurityPolicy = (scriptHashes: readonly string[]): string =>
  [
    "default-src 'self'",
    ['script-src', "'self'", ...scriptHashes.map((hash) => `'sha256-${hash}'`)].join(' '),
    // Mails are shown in a frame that inherits this policy, and they style themselves inline.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

/** For what is no page: nothing may run, should a browser ever show it. */
export const LOCKED_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"

/** On every answer; pages replace the policy by their own. */
export const securityHeaders =
  (options: { readonly https: boolean }): RequestHandler =>
  (_request, response, next) => {
    response.setHeader('content-security-policy', LOCKED_POLICY)
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('x-frame-options', 'DENY')
    response.setHeader('referrer-policy', 'same-origin')
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    response.setHeader('cross-origin-resource-policy', 'same-origin')
    response.setHeader(
      'permissions-policy',
      'microphone=(self), camera=(), geolocation=(), payment=(), usb=()',
    )
    if (options.https) response.setHeader('strict-transport-security', 'max-age=31536000')
    next()
  }
