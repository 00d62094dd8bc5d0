import type { Role } from '../../gql/generated/graphql.ts'

export type Place = '/desktop' | '/board' | '/customers' | '/people' | '/queues' | '/replay'

/** Where each role begins its day. */
export const HOME_OF = {
  AGENT: '/desktop',
  SUPERVISOR: '/board',
  ADMIN: '/people',
  AUDITOR: '/replay',
  MARKETER: '/customers',
} as const satisfies Record<Role, Place>

/** Who may open which place, as the hub's fields allow; the hub checks every one again. */
export function mayOpen(place: Place, who: { readonly role: Role; readonly hasLine: boolean }): boolean {
  switch (place) {
    case '/desktop':
      return who.hasLine
    case '/board':
      return who.role !== 'MARKETER'
    case '/customers':
      // An auditor meets customers in a replay, where each look is on record.
      return who.role !== 'ADMIN' && who.role !== 'AUDITOR'
    case '/replay':
      return who.role === 'AUDITOR'
    case '/people':
    case '/queues':
      return who.role === 'ADMIN'
  }
}

/** Who takes a mail out of somebody else's hand. */
export const mayPutBackForOthers = (role: Role) => role === 'SUPERVISOR' || role === 'ADMIN'

/** Who sees how the hub itself is. */
export const maySeeHealth = (role: Role) => role === 'SUPERVISOR' || role === 'AUDITOR' || role === 'ADMIN'
