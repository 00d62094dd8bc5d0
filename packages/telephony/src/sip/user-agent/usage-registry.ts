import type { SipRequest } from '../message/message.ts'
import type { InviteServerTransaction } from '../transaction/invite-server-transaction.ts'
import type { ServerTransaction } from '../transaction/transaction-layer.ts'
import type { IncomingSession, OutgoingSession } from './session.ts'

/** What the user agent knows of a dialog's use (RFC 5057): who takes the requests that arrive within it. */
export type DialogUsage = {
  receiveRequest(transaction: ServerTransaction): void
  receiveAck(ack: SipRequest): void
}

export type PendingInvite = {
  /** The To tag of its responses: the CANCEL's should have the same (§9.2). */
  readonly localTag: string | null
  cancelled(cancel: SipRequest): void
}

export type UsageRegistry = {
  add(dialogKey: string, usage: DialogUsage): void
  remove(dialogKey: string): void
  find(dialogKey: string | null): DialogUsage | null
  /** INVITEs without a final answer, for CANCEL. */
  readonly pendingInvites: Map<InviteServerTransaction, PendingInvite>
  /** Sessions that have not ended. */
  readonly sessions: Map<string, IncomingSession | OutgoingSession>
  /** What has to be let go of when the user agent is disposed: each clears its timers, sends nothing. */
  readonly disposals: Set<() => void>
  /** Dialogs that live, those that only wait for their BYE's answer included. */
  size(): number
}

/** Empty; keyed by `dialogKey`. */
export const createUsageRegistry = (): UsageRegistry => {
  const usages = new Map<string, DialogUsage>()
  return {
    add: (key, usage) => {
      usages.set(key, usage)
    },
    remove: (key) => {
      usages.delete(key)
    },
    find: (key) => (key === null ? null : (usages.get(key) ?? null)),
    pendingInvites: new Map(),
    sessions: new Map(),
    disposals: new Set(),
    size: () => usages.size,
  }
}
