import type { EventStoreHealth } from '@centralino/event-store'
import type { VoiceEdgeStatus } from '@centralino/telephony/edge-contract'
import type { MailChannel } from '../channels/email/index.ts'
import type { Connections } from '../graphql/context.ts'

type Words<Status extends string, Part extends keyof Connections> = Readonly<
  Record<Status, ReturnType<Connections[Part]>>
>

/** What each part says of itself, as the one word that the operator's screen knows. Why stands in the operator's notices. */
export const EDGE_WORDS = {
  starting: 'starting',
  up: 'up',
  away: 'away',
} as const satisfies Words<VoiceEdgeStatus['status'], 'edge'>

/** `stopped`: the hub is on its way out, and its doors are closed before. */
export const MAILBOX_WORDS = {
  off: 'off',
  connecting: 'starting',
  up: 'up',
  away: 'away',
  stopped: 'off',
} as const satisfies Words<ReturnType<MailChannel['mailboxStatus']>, 'mailbox'>

export const SMTP_WORDS = {
  off: 'off',
  up: 'up',
  down: 'down',
} as const satisfies Words<ReturnType<MailChannel['smtpStatus']>, 'smtp'>

/** A log on this machine has no servers that could be away. */
export const storeWord = (
  health: Pick<EventStoreHealth, 'status'> | undefined,
  isWritable: boolean,
): ReturnType<Connections['store']> => {
  if (health?.status === 'reconnecting') return 'away'
  return isWritable ? 'up' : 'notWritable'
}
