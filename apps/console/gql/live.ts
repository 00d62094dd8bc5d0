import type { AnyVariables, Client, CombinedError, TypedDocumentNode } from 'urql'
import { backoff } from './backoff.ts'
import { watchedFetch } from './watched-fetch.ts'

/** How a live view stands. `since` and `retryAt` are this machine's time, ms. */
export type LiveStatus =
  | { readonly status: 'connecting' }
  | { readonly status: 'live' }
  | { readonly status: 'away'; readonly since: number; readonly retryAt: number }
  /** The hub answered that this may not be seen, or that nobody is signed in: no use in trying again. */
  | { readonly status: 'refused'; readonly code: string }

const SILENCE_MS = 30_000
const STEADY_MS = 5000
const LAST_WORDS_MS = 100
const NO_RETRY = new Set(['UNAUTHENTICATED', 'FORBIDDEN'])

type LiveOptions<Data, Variables extends AnyVariables> = {
  readonly client: Client
  readonly document: TypedDocumentNode<Data, Variables>
  /** Asked again at each connection: a stream resumes after what it already has. */
  readonly variables: () => Variables
  readonly onData: (data: Data) => void
  readonly onStatus: (status: LiveStatus) => void
}

/** Keeps a subscription open over losses, with a bounded, spread back-off. Returns the function that ends it. */
export function openLive<Data, Variables extends AnyVariables>(
  options: LiveOptions<Data, Variables>,
): () => void {
  let attempt = 0
  let lostAt: number | null = null
  let openedAt: number | null = null
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop = () => {}

  const retry = () => {
    if (ended) return
    stop()
    const now = Date.now()
    lostAt ??= now
    // A stream that ends as soon as it opens must not be asked for twice a second.
    if (openedAt !== null && now - openedAt > STEADY_MS) attempt = 0
    openedAt = null
    const wait = backoff(attempt, Math.random())
    attempt += 1
    options.onStatus({ status: 'away', since: lostAt, retryAt: now + wait })
    clearTimeout(timer)
    timer = setTimeout(connect, wait)
  }

  const connect = () => {
    if (ended) return
    let current = true
    const subscription = options.client
      .subscription(options.document, options.variables(), {
        requestPolicy: 'network-only',
        fetchOptions: { credentials: 'same-origin', headers: { accept: 'text/event-stream' } },
        fetch: watchedFetch({
          silenceMs: SILENCE_MS,
          opened: () => {
            if (!current || ended) return
            lostAt = null
            openedAt = Date.now()
            options.onStatus({ status: 'live' })
          },
          // A little later: urql hands out first what the answer still held, a refusal for one.
          closed: () => setTimeout(() => current && retry(), LAST_WORDS_MS),
        }),
      })
      .subscribe((result) => {
        if (!current || ended) return
        const code = result.error ? refusalOf(result.error) : null
        if (code !== null) {
          stop()
          options.onStatus({ status: 'refused', code })
        } else if (result.data !== undefined && result.data !== null && !result.error) {
          options.onData(result.data)
        }
      })
    stop = () => {
      current = false
      subscription.unsubscribe()
    }
  }

  options.onStatus({ status: 'connecting' })
  connect()
  return () => {
    ended = true
    clearTimeout(timer)
    stop()
  }
}

function refusalOf(error: CombinedError): string | null {
  for (const one of error.graphQLErrors) {
    const code = one.extensions?.['code']
    if (typeof code === 'string' && NO_RETRY.has(code)) return code
  }
  return null
}
