import type { BlobStore } from '@centralino/event-store'
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express'
import { sessionTokenIn } from '../auth/cookies.ts'
import { authRoutes } from '../auth/routes.ts'
import { isOurHost, isSameOrigin, type OriginRule } from '../auth/same-origin.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { SignIn } from '../auth/sign-in.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { Feed } from '../feed/create-feed.ts'
import type { createGraphQL } from '../graphql/create-yoga.ts'
import type { Log } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { Notices } from '../observability/notices.ts'
import { consoleRoutes } from './console-routes.ts'
import { fileRoutes } from './file-routes.ts'
import { operatorRoutes } from './operator-routes.ts'
import { securityHeaders } from './security-headers.ts'

export type AppOptions = {
  readonly originRule: OriginRule
  /** Behind TLS, as people reach it: cookies are `Secure` then. */
  readonly https: boolean
  /** A proxy on this machine says who asks (X-Forwarded-For). */
  readonly behindProxy: boolean
  readonly consoleFolder: string
  readonly signIn: SignIn
  readonly sessions: Sessions
  readonly graphql: ReturnType<typeof createGraphQL>
  readonly feed: Pick<Feed, 'handler'>
  readonly blobs: Pick<BlobStore, 'get' | 'size'>
  readonly isReady: () => boolean
  /** Told of a request that the disk or the log refused. */
  readonly onStoreFailure: (error: unknown) => void
  readonly metrics: Metrics
  readonly notices: Notices
  readonly log: Log
}

/** Everything that the hub serves over HTTP; the WebSocket is attached to the server beside it. */
export const createApp = (options: AppOptions): Express => {
  const { sessions, metrics, notices } = options
  const viewerOf = async (request: Request): Promise<Viewer | null> => {
    const token = sessionTokenIn(request.headers.cookie)
    return token === null ? null : sessions.viewerOf(token)
  }

  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', options.behindProxy ? 'loopback' : false)
  app.set('query parser', 'simple')
  app.use(securityHeaders({ https: options.https }))
  app.use(ourHostOnly(options.originRule))
  app.use(operatorRoutes({ isReady: options.isReady, metrics, viewerOf }))
  // Before the rules for browsers: other systems come with a token and without an origin.
  app.all('/events', noStore, options.feed.handler)
  app.use(sameOriginJson(options.originRule))
  app.use('/auth', noStore, authRoutes({ signIn: options.signIn, sessions, https: options.https }))
  app.post('/graphql', noStore, async (request, response) => {
    // Events must not wait in a proxy's buffer.
    response.setHeader('x-accel-buffering', 'no')
    await options.graphql(request, response, { viewer: await viewerOf(request) })
  })
  app.all('/graphql', (_request, response) => {
    response.setHeader('allow', 'POST')
    response.status(405).json({ code: 'METHOD_NOT_ALLOWED' })
  })
  app.use('/files', fileRoutes({ blobs: options.blobs, viewerOf, notices }))
  app.use(consoleRoutes(options.consoleFolder))
  app.use((_request, response) => void response.status(404).json({ code: 'NOT_FOUND' }))
  app.use(answerError(options))
  return app
}

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store')
  next()
}

/** 421 Misdirected Request (RFC 9110 §15.5.20) to who calls the hub by a name that is not its own. */
const ourHostOnly =
  (rule: OriginRule): RequestHandler =>
  (request, response, next) => {
    if (isOurHost(request.headers.host, rule)) return next()
    response.status(421).json({ code: 'NOT_THIS_HOST' })
  }

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Against forged requests: what changes something comes from our own pages and is JSON, which no form can send. */
const sameOriginJson =
  (rule: OriginRule): RequestHandler =>
  (request, response, next) => {
    if (SAFE_METHODS.has(request.method)) return next()
    if (!isSameOrigin(request.headers, rule))
      return void response.status(403).json({ code: 'FOREIGN_ORIGIN' })
    const [type = ''] = (request.headers['content-type'] ?? '').split(';')
    if (type.trim().toLowerCase() !== 'application/json')
      return void response.status(415).json({ code: 'NOT_JSON' })
    next()
  }

const answerError =
  ({ metrics, notices, log, onStoreFailure }: AppOptions): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error)
    const refusal = storeRefusalOf(error)
    if (refusal !== null) {
      onStoreFailure(error)
      response.setHeader('retry-after', String(RETRY_AFTER_SECONDS))
      return void response.status(503).json({ code: refusal })
    }
    const status = statusOf(error)
    if (status < 500)
      return void response.status(status).json({ code: status === 413 ? 'TOO_LARGE' : 'BAD_INPUT' })
    const reference = crypto.randomUUID().slice(0, 8)
    metrics.unexpectedErrors.inc({ where: 'http' })
    notices.report('UNEXPECTED_ERROR', { where: 'http', reference })
    log.error({ error, reference }, 'an HTTP request failed')
    response.status(500).json({ code: 'INTERNAL', reference })
  }

const RETRY_AFTER_SECONDS = 5
const STORE_REFUSALS = ['DISK_FULL', 'READ_ONLY', 'STORE_UNAVAILABLE', 'TOO_BUSY'] as const

/** What the accounts and the log say when they take nothing for the moment: no bug, and no matter of the request. */
const storeRefusalOf = (error: unknown): (typeof STORE_REFUSALS)[number] | null =>
  error instanceof Error && 'code' in error
    ? (STORE_REFUSALS.find((code) => code === error.code) ?? null)
    : null

/** Express's parsers raise errors with a status of their own. */
const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500
