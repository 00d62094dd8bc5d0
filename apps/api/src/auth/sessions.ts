import { createHmac, randomBytes } from 'node:crypto'
import { type Instant, millisecondsBetween, plusMilliseconds } from '@centralino/domain'
import type { Account } from './account.ts'
import type { Accounts } from './accounts.ts'
import type { Viewer } from './viewer.ts'

/** A shift with its breaks; a session nobody used for so long ends. */
export const IDLE_MILLISECONDS = 4 * 3_600_000
/** However busy, everybody signs in once a day. */
export const ABSOLUTE_MILLISECONDS = 14 * 3_600_000
/** The last use is written at most so often. */
const TOUCH_MILLISECONDS = 60_000

export type Sessions = {
  /**
   * Signs the account in; the token goes to the browser and is kept nowhere else. Null when the account is gone or has
   * another password by now: whoever ended its sessions meanwhile meant this one too.
   */
  open(account: Account): Promise<{ token: string } | null>
  /** Null for a token that is unknown, ended or expired. */
  viewerOf(token: string): Promise<Viewer | null>
  end(token: string): Promise<void>
  endAllOf(accountId: string): Promise<void>
  /** Tells who listens of sessions that ended with a change of their account. */
  tellEnded(sessionIds: readonly string[]): void
  /** Told of each session that ended; returns the function that stops listening. */
  onEnded(listener: (sessionId: string) => void): () => void
  /**
   * To be called every minute: a live view must not outlast its session, whether the session expired or the command line
   * ended it.
   */
  removeExpired(): Promise<void>
}

/** 256 random bits, base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** Tokens are stored as HMACs keyed by the hub's secret: a stolen accounts file signs nobody in. */
export const createSessions = (options: {
  readonly accounts: Accounts
  readonly secret: string
  readonly now: () => Instant
  /** A listener threw; the others are told all the same, and the session has ended. */
  readonly onListenerFailure: (error: unknown) => void
}): Sessions => {
  const { accounts, secret, now, onListenerFailure } = options
  const listeners = new Set<(sessionId: string) => void>()
  /** Sessions that were used since the hub started, and that nobody was told the end of. */
  const inUse = new Set<string>()
  const idOf = (token: string): string => createHmac('sha256', secret).update(token).digest('hex')
  const tell = (sessionId: string): void => {
    inUse.delete(sessionId)
    for (const listener of listeners) {
      try {
        listener(sessionId)
      } catch (error) {
        onListenerFailure(error)
      }
    }
  }
  return {
    async open(account) {
      const token = randomBytes(32).toString('base64url')
      const at = now()
      const { accountId, passwordHash } = account
      const session = { sessionId: idOf(token), accountId, createdAt: at, lastSeenAt: at }
      return (await accounts.addSession(session, passwordHash)) ? { token } : null
    },
    async viewerOf(token) {
      if (!TOKEN.test(token)) return null
      const sessionId = idOf(token)
      const found = await accounts.session(sessionId)
      if (!found) return null
      const at = now()
      const idle = millisecondsBetween(found.session.lastSeenAt, at)
      if (
        idle >= IDLE_MILLISECONDS ||
        millisecondsBetween(found.session.createdAt, at) >= ABSOLUTE_MILLISECONDS
      ) {
        await accounts.endSession(sessionId)
        tell(sessionId)
        return null
      }
      inUse.add(sessionId)
      if (idle >= TOUCH_MILLISECONDS) await accounts.touchSession(sessionId, at)
      return viewerFor(found.account, sessionId)
    },
    async end(token) {
      const sessionId = idOf(token)
      if (await accounts.endSession(sessionId)) tell(sessionId)
    },
    async endAllOf(accountId) {
      for (const sessionId of await accounts.endSessionsOf(accountId)) tell(sessionId)
    },
    tellEnded(sessionIds) {
      for (const sessionId of sessionIds) tell(sessionId)
    },
    onEnded(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async removeExpired() {
      const at = now()
      const ended = await accounts.endExpiredSessions(
        plusMilliseconds(at, -IDLE_MILLISECONDS),
        plusMilliseconds(at, -ABSOLUTE_MILLISECONDS),
      )
      for (const sessionId of ended) tell(sessionId)
      const standing = new Set(await accounts.sessionIds())
      for (const sessionId of [...inUse]) if (!standing.has(sessionId)) tell(sessionId)
    },
  }
}

const viewerFor = (account: Account, sessionId: string): Viewer => ({
  accountId: account.accountId,
  sessionId,
  email: account.email,
  name: account.name,
  role: account.role,
  agentId: account.role === 'agent' ? account.agentId : null,
  locale: account.locale,
})
