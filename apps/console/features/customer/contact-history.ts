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

export type ContactHistory = {
  readonly last: PastContact | null
  readonly inSevenDays: number
  /** Of those, calls that nobody answered. */
  readonly neverAnswered: number
}

const SEVEN_DAYS_MS = 7 * 86_400_000

/** What to know before saying hello: the last contact and how many there were in a week, without the one at hand. */
export function contactHistory(
  contacts: readonly PastContact[],
  atHand: string | null,
  nowMs: number,
): ContactHistory {
  const others = contacts
    .filter((one) => one.id !== atHand)
    .toSorted((a, b) => Date.parse(b.openedAt) - Date.parse(a.openedAt))
  const recent = others.filter((one) => nowMs - Date.parse(one.openedAt) <= SEVEN_DAYS_MS)
  return {
    last: others[0] ?? null,
    inSevenDays: recent.length,
    neverAnswered: recent.filter((one) => one.closedHow === 'abandoned').length,
  }
}
