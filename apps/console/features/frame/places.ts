import type { MessageKey } from '../../i18n/message-key.ts'
import type { IconName } from '../../ui/icons.tsx'
import type { Place } from '../session/home-of.ts'

type PlaceLook = { readonly place: Place; readonly icon: IconName; readonly label: MessageKey }

/** The console's places, in the order of the rail. */
export const PLACES: readonly PlaceLook[] = [
  { place: '/desktop', icon: 'inbox', label: 'nav.inbox' },
  { place: '/customers', icon: 'users', label: 'nav.customers' },
  { place: '/people', icon: 'badge', label: 'nav.people' },
  { place: '/queues', icon: 'queue', label: 'nav.queues' },
  { place: '/replay', icon: 'replay', label: 'nav.replay' },
  { place: '/board', icon: 'board', label: 'nav.board' },
]

/** Where somebody is, by the path without its language: `/board/` → the board. */
export const placeAt = (path: string): PlaceLook | undefined =>
  PLACES.find(({ place }) => place === path.replace(/\/$/, ''))
