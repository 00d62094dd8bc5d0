import { unchanged } from '../kernel/exhaustive.ts'
import type { AuditEvent, Look } from './events.ts'

export type AuditState =
  | { readonly status: 'none' }
  /** `seen`: what is recorded already, by `lookKey`. */
  | { readonly status: 'open'; readonly seen: ReadonlySet<string> }
  | { readonly status: 'closed' }

export const initialAudit: AuditState = { status: 'none' }

/** One and the same for looks at the same thing. */
export const lookKey = (look: Look): string =>
  [
    look.what,
    'agentId' in look ? look.agentId : '',
    'offerId' in look ? look.offerId : '',
    ('customerId' in look ? look.customerId : undefined) ?? '',
  ].join(' ')

export const evolveAudit = (state: AuditState, event: AuditEvent): AuditState => {
  switch (event.type) {
    case 'ReplayOpened':
      return { status: 'open', seen: new Set() }
    case 'ReplayLookedAt':
      return state.status === 'open'
        ? { status: 'open', seen: state.seen.union(new Set(event.data.looks.map(lookKey))) }
        : state
    case 'ReplayClosed':
      return { status: 'closed' }
    default:
      return unchanged(state, event)
  }
}
