import { unchanged } from '../kernel/exhaustive.ts'
import type { ContactPointId, CustomerId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ContactPoint, ContactPointEvent } from './events.ts'

/** One person who can be reached through the point. */
export type Holder = {
  readonly customerId: CustomerId
  readonly linkedAt: Instant
  readonly lastUsedAt: Instant | null
  /** The use before the last: tells whether a contact that was just recorded is this person's first. */
  readonly usedBeforeAt: Instant | null
}

export type ContactPointState =
  | { readonly status: 'unlinked' }
  | {
      readonly status: 'linked'
      readonly contactPointId: ContactPointId
      readonly contactPoint: ContactPoint
      /** In the order they were linked; never empty. */
      readonly holders: readonly Holder[]
    }

export const initialContactPoint: ContactPointState = { status: 'unlinked' }

/** Undefined when the customer does not have the contact point. */
export const holderOf = (state: ContactPointState, customerId: CustomerId): Holder | undefined =>
  state.status === 'linked' ? state.holders.find((holder) => holder.customerId === customerId) : undefined

export const evolveContactPoint = (state: ContactPointState, event: ContactPointEvent): ContactPointState => {
  switch (event.type) {
    case 'ContactPointLinked': {
      const { contactPointId, contactPoint, customerId, at } = event.data
      if (holderOf(state, customerId) !== undefined) return state
      const holder: Holder = { customerId, linkedAt: at, lastUsedAt: null, usedBeforeAt: null }
      return state.status === 'linked'
        ? { ...state, holders: [...state.holders, holder] }
        : { status: 'linked', contactPointId, contactPoint, holders: [holder] }
    }
    case 'ContactPointUnlinked': {
      if (state.status === 'unlinked') return state
      const holders = state.holders.filter((holder) => holder.customerId !== event.data.customerId)
      return holders.length === 0 ? initialContactPoint : { ...state, holders }
    }
    case 'ContactPointUsed':
      if (state.status === 'unlinked') return state
      return {
        ...state,
        holders: state.holders.map((holder) =>
          holder.customerId === event.data.customerId ? used(holder, event.data.at) : holder,
        ),
      }
    default:
      return unchanged(state, event)
  }
}

/** A use that is told late does not make an earlier time the last. */
const used = (holder: Holder, at: Instant): Holder =>
  holder.lastUsedAt !== null && at < holder.lastUsedAt
    ? holder
    : { ...holder, lastUsedAt: at, usedBeforeAt: holder.lastUsedAt }
