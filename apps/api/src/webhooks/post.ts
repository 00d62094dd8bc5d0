import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { allowedLookup, type Resolve, type TargetPolicy, targetRefusal } from './target-policy.ts'

/** What came of one request. */
export type PostOutcome =
  /** 2xx. */
  | { readonly outcome: 'delivered' }
  /** 410: never again. */
  | { readonly outcome: 'gone' }
  | {
      readonly outcome: 'failed'
      /** `HTTP_500`, `TIMEOUT`, `PRIVATE_TARGET`, or Node's code such as `ECONNREFUSED`. */
      readonly reason: string
      /** The header as it came. */
      readonly retryAfter?: string
    }

export type Poster = Disposable & {
  /** Never rejects. `signal` cuts it short, which is a failure like any other. */
  post(
    url: string,
    message: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
    signal: AbortSignal,
  ): Promise<PostOutcome>
}

/** From the first packet to the answer's status. */
export const POST_TIMEOUT_MILLISECONDS = 10_000
/** What an answer says beyond its status is read past, up to here, so that its connection serves again. */
const MAXIMUM_ANSWER_BYTES = 65_536
/** A connection that nothing is sent over is kept so long. */
const IDLE_MILLISECONDS = 30_000

export type PosterOptions = {
  readonly policy: TargetPolicy
  /** Default: `POST_TIMEOUT_MILLISECONDS`. */
  readonly timeoutMilliseconds?: number
  /** What a name leads to. Default: as the machine has it. */
  readonly resolve?: Resolve
}

/** POSTs over connections that are kept. Redirects are an answer like any other and are not followed. */
export const createPoster = (options: PosterOptions): Poster => {
  const { policy, timeoutMilliseconds = POST_TIMEOUT_MILLISECONDS } = options
  const agentOptions = { keepAlive: true, maxFreeSockets: 1, timeout: IDLE_MILLISECONDS }
  const agents = { http: new http.Agent(agentOptions), https: new https.Agent(agentOptions) }
  const lookup = allowedLookup(policy, options.resolve)

  const request: Request = (url, { headers, body }, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const isHttps = url.startsWith('https:')
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    const given = { method: 'POST', headers: { ...headers, ...length }, lookup, signal }
    const sent = isHttps
      ? https.request(url, { ...given, agent: agents.https })
      : http.request(url, { ...given, agent: agents.http })
    sent.once('response', (response) => {
      readPast(response)
      resolve(response)
    })
    // Also what breaks after the answer came.
    sent.on('error', (error) =>
      reject(Object.assign(error, { wasLeftOver: sent.reusedSocket && isReset(error) })),
    )
    sent.end(body)
    return promise
  }

  return {
    async post(url, message, signal) {
      const refused = targetRefusal(url, policy)
      if (refused !== null) return { outcome: 'failed', reason: refused }
      const time = AbortSignal.timeout(timeoutMilliseconds)
      const either = AbortSignal.any([signal, time])
      try {
        // A kept connection that the receiver closed in the same instant says nothing about the receiver.
        const response = await request(url, message, either).catch((error: { wasLeftOver?: boolean }) => {
          if (error.wasLeftOver !== true) throw error
          return request(url, message, either)
        })
        return outcomeOf(response)
      } catch (error) {
        return { outcome: 'failed', reason: time.aborted ? 'TIMEOUT' : reasonOf(error) }
      }
    },
    [Symbol.dispose]: () => {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

type Request = (
  url: string,
  message: Parameters<Poster['post']>[1],
  signal: AbortSignal,
) => Promise<IncomingMessage>

const readPast = (response: IncomingMessage): void => {
  let bytes = 0
  response.on('error', () => {})
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MAXIMUM_ANSWER_BYTES) response.destroy()
  })
}

const outcomeOf = ({ statusCode = 0, headers }: IncomingMessage): PostOutcome => {
  if (statusCode >= 200 && statusCode < 300) return { outcome: 'delivered' }
  if (statusCode === 410) return { outcome: 'gone' }
  const retryAfter = headers['retry-after']
  return {
    outcome: 'failed',
    reason: `HTTP_${statusCode}`,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const isReset = (error: unknown): boolean => ['ECONNRESET', 'EPIPE'].includes(codeOf(error))

/** A word for lists; what an error says besides may have an address in it. */
const reasonOf = (error: unknown): string =>
  /^[A-Z][A-Z0-9_]{1,63}$/.test(codeOf(error)) ? codeOf(error) : 'CONNECTION_FAILED'
