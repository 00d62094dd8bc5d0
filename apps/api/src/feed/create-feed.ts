import type { EventStore } from '@centralino/event-store'
import type { Request, RequestHandler, Response } from 'express'
import type { Accounts } from '../auth/accounts.ts'
import type { ApiClient } from '../auth/api-client.ts'
import { apiClientIn } from '../auth/api-tokens.ts'
import type { Log } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { Clock } from '../time/clock.ts'
import { cloudEventOf } from './cloud-event.ts'
import { isWanted } from './event-filter.ts'
import { runEventStream } from './event-stream.ts'
import { createOpenStreams, type OpenStreams } from './open-streams.ts'
import { resolveStart } from './start-position.ts'
import { parseStreamRequest } from './stream-request.ts'

/** A client that was revoked on the command line has its streams ended so soon. */
const REVOKED_CHECK_MILLISECONDS = 5_000
const RETRY_AFTER_SECONDS = 10

export type FeedOptions = {
  readonly store: Pick<EventStore, 'readAll' | 'subscribe'>
  readonly accounts: Pick<Accounts, 'apiClientById'>
  readonly secret: string
  /** CloudEvents' `source`: a URI-reference. */
  readonly source: string
  readonly clock: Clock
  readonly metrics: Metrics
  readonly log: Log
  readonly streams?: OpenStreams
}

export type Feed = Disposable & {
  /**
   * `GET /events`: the log as server-sent events for other systems, by `Authorization: Bearer` (RFC 6750). 400 with a code and the parameter it is about; 401 and 403 as
   * everywhere; 429 for a client, 503 for all, past the number of streams that may be open.
   */
  readonly handler: RequestHandler
}

/** Disposing it ends every stream. */
export const createFeed = (options: FeedOptions): Feed => {
  const { store, clock, metrics, log, source } = options
  const streams = options.streams ?? createOpenStreams()
  let callOffCheck = (): void => {}

  const endRevoked = async (): Promise<void> => {
    for (const clientId of streams.clientIds()) {
      if ((await options.accounts.apiClientById(clientId)) === null) streams.endOf(clientId)
    }
  }
  const checkLater = (): void => {
    callOffCheck = clock.after(REVOKED_CHECK_MILLISECONDS, () => {
      endRevoked().catch((error: unknown) => log.error({ error }, 'revoked clients were not looked for'))
      checkLater()
    })
  }
  checkLater()

  const handle = async (request: Request, response: Response): Promise<void> => {
    if (request.method !== 'GET') {
      response.setHeader('allow', 'GET')
      return void response.status(405).json({ code: 'METHOD_NOT_ALLOWED' })
    }
    const client = await apiClientIn(request.headers.authorization, options)
    if (client === null || !client.scopes.includes('events:read'))
      return refuseClient(request, response, client)
    const asked = parseStreamRequest(request.query, request.get('last-event-id'))
    if ('code' in asked) return void response.status(400).json(asked)
    const after = await resolveStart(store, asked.startsAfter)
    if ('code' in after) return void response.status(400).json(after)
    const opened = streams.open(client.clientId)
    if (typeof opened === 'string') {
      response.setHeader('retry-after', String(RETRY_AFTER_SECONDS))
      return void response.status(opened === 'TOO_BUSY' ? 503 : 429).json({ code: opened })
    }
    using stream = opened
    metrics.feedStreams.inc()
    try {
      response.setHeader('content-type', 'text/event-stream; charset=utf-8')
      // Events must not wait in a proxy's buffer.
      response.setHeader('x-accel-buffering', 'no')
      const personal = client.scopes.includes('events:personal')
      const end = await runEventStream(response, {
        store,
        after: after.position,
        isWanted: (event) => isWanted(event, asked.filter),
        dataOf: (event) => JSON.stringify(cloudEventOf(event, { source, personal })),
        signal: stream.signal,
        clock,
      })
      log.info({ client: client.name, end }, 'an event stream ended')
    } finally {
      metrics.feedStreams.dec()
    }
  }
  return {
    handler: (request, response, next) => {
      handle(request, response).catch((error: unknown) => {
        if (!response.headersSent) return next(error)
        // The client connects again and goes on where it was.
        log.warn({ error }, 'an event stream broke')
        response.destroy()
      })
    },
    [Symbol.dispose]: () => {
      callOffCheck()
      streams.endAll()
    },
  }
}

/** RFC 6750 §3: the challenge names what was wrong with the token that came, and nothing where none came. */
const refuseClient = (request: Request, response: Response, client: ApiClient | null): void => {
  const wrong = client === null ? 'invalid_token' : 'insufficient_scope'
  const detail = request.headers.authorization === undefined ? '' : `, error="${wrong}"`
  response.setHeader('www-authenticate', `Bearer realm="centralino"${detail}`)
  if (client === null) response.status(401).json({ code: 'UNAUTHENTICATED' })
  else response.status(403).json({ code: 'FORBIDDEN' })
}
