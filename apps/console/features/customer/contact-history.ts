import type { Channel, InteractionStatus } from '../../gql/generated/graphql.ts'

/** A past contact, as the card needs it. */
export type PastContact = {
  readonly id: string
  readonly channel: Channel
  readonly openedAt: string
  readonly status: InteractionStatus
  readonly closedHow: string | null
}

/** The contact that is not its own history: one that goes on. A finished one is the last contact, though it is still looked at. */
export const atHand = (contact: Pick<PastContact, 'id' | 'status'>): string | null =>
  contact.status === 'CLOSED' ? null : contact.id

/** What the hub tells of a customer's contacts: the newest of them, and how many there were since an instant. */
export type Contacts = {
  readonly newest: readonly PastContact[]
  readonly since: string
  readonly count: number
}

export type ContactHistory = {
  readonly last: PastContact | null
  /** However many they are, the hub has counted them. */
  readonly sinceThen: number
  /** Of the newest of those, calls that nobody answered. */
  readonly neverAnswered: number
}

/** What to know before saying hello: the last contact and how many there were lately, without the one at hand. */
export function contactHistory(contacts: Contacts, atHand: string | null): ContactHistory {
  const isLately = (one: PastContact) => Date.parse(one.openedAt) >= Date.parse(contacts.since)
  const others = contacts.newest
    .filter((one) => one.id !== atHand)
    .toSorted((a, b) => Date.parse(b.openedAt) - Date.parse(a.openedAt))
  const isCountedToo = contacts.newest.some((one) => one.id === atHand && isLately(one))
  return {
    last: others[0] ?? null,
    sinceThen: Math.max(0, contacts.count - (isCountedToo ? 1 : 0)),
    neverAnswered: others.filter((one) => isLately(one) && one.closedHow === 'abandoned').length,
  }
}

const SEVEN_DAYS_MS = 7 * 86_400_000

export const sevenDaysBefore = (nowMs: number): string => new Date(nowMs - SEVEN_DAYS_MS).toISOString()
