import { createHmac, randomBytes } from 'node:crypto'
import type { Accounts } from './accounts.ts'
import type { ApiClient } from './api-client.ts'

/** 256 random bits, base64url, with a beginning that scanners for leaked secrets can be told of. */
const TOKEN = /^ctr_[A-Za-z0-9_-]{43}$/

/** RFC 6750 §2.1; the scheme's name in any case (RFC 9110 §11.1). */
const BEARER = /^bearer +(\S+)$/i

/** The token goes to whoever runs the other system and is kept nowhere else. */
export const makeApiToken = (): string => `ctr_${randomBytes(32).toString('base64url')}`

/**
 * Under what a client is stored: the token's HMAC keyed by the hub's secret, so that a stolen accounts file lets nobody in,
 * and that how long the look-up takes tells nothing: nobody without the secret chooses what is compared.
 */
export const apiClientIdOf = (token: string, secret: string): string =>
  createHmac('sha256', secret).update(`api-client:${token}`).digest('hex')

/** Whose request this is by its `Authorization` header; null for none, for another scheme, and for a token that is none or revoked. */
export const apiClientIn = async (
  authorization: string | undefined,
  options: { readonly accounts: Pick<Accounts, 'apiClientById'>; readonly secret: string },
): Promise<ApiClient | null> => {
  const token = BEARER.exec(authorization ?? '')?.[1]
  if (token === undefined || !TOKEN.test(token)) return null
  return options.accounts.apiClientById(apiClientIdOf(token, options.secret))
}
