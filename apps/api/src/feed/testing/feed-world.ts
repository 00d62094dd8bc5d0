import type { EventId } from '@centralino/domain'
import { type EventStore, uuidv7 } from '@centralino/event-store'
import { temporaryEventStore } from '@centralino/event-store/testing'
import express from 'express'
import { pino } from 'pino'
import type { Accounts } from '../../auth/accounts.ts'
import type { ApiScope } from '../../auth/api-client.ts'
import { apiClientIdOf, makeApiToken } from '../../auth/api-tokens.ts'
import { inMemoryAccounts } from '../../auth/testing/in-memory-accounts.ts'
import { createMetrics } from '../../observability/metrics.ts'
import { listen } from '../../startup/listen.ts'
import { type ManualClock, manualClock } from '../../time/testing/manual-clock.ts'
import { createFeed } from '../create-feed.ts'
import type { OpenStreams } from '../open-streams.ts'

export const SECRET = 'a-secret-of-at-least-32-characters'

export type FeedWorld = AsyncDisposable & {
  readonly store: EventStore
  readonly accounts: Accounts
  readonly clock: ManualClock
  /** `http://…/events`. */
  readonly url: string
  /** Its token. */
  addClient(name: string, scopes?: readonly ApiScope[]): Promise<string>
}

/** A log on disk and the feed behind a real HTTP server, on a clock that stands. */
export const feedWorld = async (options: { readonly streams?: OpenStreams } = {}): Promise<FeedWorld> => {
  await using parts = new AsyncDisposableStack()
  const store = parts.use(await temporaryEventStore())
  const accounts = parts.use(inMemoryAccounts())
  const clock = manualClock()
  const feed = createFeed({
    store,
    accounts,
    secret: SECRET,
    source: 'https://hub.example/events',
    clock,
    metrics: createMetrics(),
    log: pino({ level: 'silent' }),
    ...options,
  })
  const listening = parts.use(await listen(express().all('/events', feed.handler), '127.0.0.1', 0))
  parts.use(feed)
  const running = parts.move()
  return {
    store,
    accounts,
    clock,
    url: `http://127.0.0.1:${listening.port}/events`,
    addClient: async (name, scopes = ['events:read', 'events:personal']) => {
      const token = makeApiToken()
      const clientId = apiClientIdOf(token, SECRET)
      await accounts.addApiClient({ name, clientId, scopes, createdAt: clock.now() })
      return token
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** Appends one event of a customer; answers its id and position. */
export const append = async (
  store: EventStore,
  given: {
    readonly type?: string
    readonly data?: unknown
    readonly customerId?: string
    readonly stream?: string
  },
): Promise<{ readonly id: EventId; readonly position: string }> => {
  const id = uuidv7()
  const { position } = await store.append(given.stream ?? 'call-1', 'any', [
    {
      id,
      type: given.type ?? 'LegAnswered',
      schemaVersion: 1,
      data: given.data ?? {},
      metadata: {
        occurredAt: manualClock().now(),
        actor: { kind: 'system', id: 'test' },
        correlationId: 'c-1',
        causationId: null,
        ...(given.customerId === undefined ? {} : { customerId: given.customerId }),
      },
    },
  ])
  return { id, position }
}
