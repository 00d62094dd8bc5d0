import type { NotReadyReason, PresenceStatus } from '../../gql/generated/graphql.ts'
import type { MessageKey } from '../../i18n/message-key.ts'
import type { IconName } from '../../ui/icons.tsx'

type Look = { readonly label: MessageKey; readonly icon: IconName; readonly className: string }

/** Each state of an agent: word, glyph and colour, never the colour alone. */
export const PRESENCE = {
  READY: { label: 'presence.ready', icon: 'stateReady', className: 'st-ready' },
  RESERVED: { label: 'presence.reserved', icon: 'stateReserved', className: 'st-reserved' },
  ENGAGED: { label: 'presence.engaged', icon: 'stateEngaged', className: 'st-engaged' },
  WRAP_UP: { label: 'presence.wrapUp', icon: 'pen', className: 'st-wrap-up' },
  NOT_READY: { label: 'presence.notReady', icon: 'stateNotReady', className: 'st-not-ready' },
  OFFLINE: { label: 'presence.offline', icon: 'stateOffline', className: 'st-offline' },
} as const satisfies Record<PresenceStatus, Look>

export const REASON = {
  BREAK: 'presence.break',
  TRAINING: 'presence.training',
  MEETING: 'presence.meeting',
  MISSED_OFFER: 'presence.missedOffer',
  CONNECTION_LOST: 'presence.connectionLost',
} as const satisfies Record<NotReadyReason, MessageKey>
