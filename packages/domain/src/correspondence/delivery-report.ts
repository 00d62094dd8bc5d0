/** What a report says became of a mail (RFC 3464 §2.3.3). `relayed`: handed on to where no report comes from. */
export const DELIVERY_ACTIONS = ['failed', 'delayed', 'relayed', 'expanded', 'delivered'] as const
export type DeliveryAction = (typeof DELIVERY_ACTIONS)[number]

/** Why a mail did not arrive, or not yet, as far as a person can do something about it. */
export type DeliveryTrouble =
  | 'noSuchMailbox'
  | 'noSuchDomain'
  | 'mailboxClosed'
  | 'mailboxFull'
  | 'tooLarge'
  | 'notReached'
  | 'tookTooLong'
  | 'loop'
  | 'contentRefused'
  | 'notAllowed'
  | 'unknown'

/** By subject and detail of an enhanced status code (RFC 3463 §3, and RFC 7505 for 1.10); a subject alone is its remainder. */
const TROUBLES: Readonly<Record<string, DeliveryTrouble>> = {
  '1': 'noSuchMailbox',
  '1.2': 'noSuchDomain',
  '1.7': 'notAllowed',
  '1.8': 'notAllowed',
  '1.10': 'noSuchDomain',
  '2': 'unknown',
  '2.0': 'unknown',
  '2.1': 'mailboxClosed',
  '2.2': 'mailboxFull',
  '2.3': 'tooLarge',
  '3': 'notReached',
  '3.1': 'mailboxFull',
  '3.4': 'tooLarge',
  '4': 'notReached',
  '4.6': 'loop',
  '4.7': 'tookTooLong',
  '6': 'contentRefused',
  '7': 'notAllowed',
}

/** What an enhanced status code means; null or a code of nothing in particular (x.0.0) is `unknown`. */
export const deliveryTroubleOf = (status: string | null): DeliveryTrouble => {
  const [, subject = '', detail = ''] = status?.split('.') ?? []
  return TROUBLES[`${subject}.${detail}`] ?? TROUBLES[subject] ?? 'unknown'
}
