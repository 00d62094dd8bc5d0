import { Client, cacheExchange, fetchExchange } from 'urql'

/**
 * One client for the page. Same origin, the session's cookie, POST only (a GET could be forged from another site).
 * Subscriptions come over server-sent events through the same fetch exchange.
 */
export function createClient(): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchSubscriptions: true,
    exchanges: [cacheExchange, fetchExchange],
    fetchOptions: {
      credentials: 'same-origin',
      headers: { accept: 'application/graphql-response+json, application/json' },
    },
  })
}
