import { formatClock } from '../../format/clock.ts'
import type { MessageKey } from '../../i18n/message-key.ts'
import type { IconName } from '../../ui/icons.tsx'

/** One event of the timeline, as far as its sentence needs it. */
export type Told = {
  readonly type: string
  readonly channel: 'CALL' | 'EMAIL' | null
  readonly agent: { readonly id: string; readonly name: string } | null
  readonly facts: readonly { readonly name: string; readonly value: string }[]
}

export type Sentence = {
  readonly key: MessageKey
  readonly values: Record<string, string | number>
  readonly icon: IconName
  /** What was said or written, shown under the sentence. */
  readonly quote: string | null
}

const DELIVERY_ICON: Readonly<Record<string, IconName>> = {
  failed: 'flag',
  delayed: 'warn',
  relayed: 'arrow',
  expanded: 'users',
  delivered: 'check',
}

/** An event as a past-tense sentence. `meId` is the reader's own agent: "You answered". */
export function sentenceOf(entry: Told, meId: string | null): Sentence {
  const fact = (name: string) => entry.facts.find((one) => one.name === name)?.value ?? null
  const clock = (name: string) => formatClock(Number(fact(name) ?? 0) * 1000)
  const agent = entry.agent?.name ?? ''
  const isMe = entry.agent !== null && entry.agent.id === meId ? 'yes' : 'no'
  const say = (
    key: MessageKey,
    icon: IconName,
    values: Record<string, string | number> = {},
    quote: string | null = null,
  ): Sentence => ({ key, icon, values: { agent, isMe, ...values }, quote })

  switch (entry.type) {
    case 'ProvisionalCustomerCreated':
      return say('event.provisionalCustomerCreated', 'user')
    case 'CustomerRegistered':
      return say('event.customerRegistered', 'user', { name: fact('name') ?? '' })
    case 'CustomerIdentified':
      return say('event.customerIdentified', 'check', { name: fact('name') ?? '' })
    case 'CustomerProfileChanged':
      return say('event.customerProfileChanged', 'pen')
    case 'CustomerContactPointAdded':
      return say('event.contactPointAdded', 'plus', { kind: fact('kind') ?? 'other' })
    case 'InteractionOpened':
      return entry.channel === 'EMAIL'
        ? say('event.emailArrived', 'mail')
        : say('event.callArrived', 'phoneIn')
    case 'InteractionQueued':
      return say('event.queued', 'clock', { queue: fact('queue') ?? '' })
    case 'InteractionOffered':
      return say('event.offered', 'phoneIn')
    case 'InteractionOfferEnded':
      return say('event.offerEnded', 'x', { how: fact('how') ?? 'other' })
    case 'InteractionHandlingStarted':
      return entry.channel === 'EMAIL'
        ? say('event.taken', 'check')
        : say('event.answered', 'phone', {
            after: clock('answeredAfterSeconds'),
            waited: clock('waitedSeconds'),
          })
    case 'InteractionHandlingEnded':
      return say('event.handlingEnded', 'phoneOff', {
        how: fact('how') ?? 'other',
        clock: clock('handledSeconds'),
      })
    case 'InteractionReturnedToQueue':
      return say('event.returned', 'arrow', {
        queue: fact('queue') ?? '',
        why: fact('why') ?? 'other',
        channel: entry.channel ?? 'other',
      })
    case 'InteractionAbandoned':
      return say('event.abandoned', 'x', { when: fact('while') ?? 'waiting', clock: clock('waitedSeconds') })
    case 'InteractionWrappedUp':
      return say(
        'event.wrappedUp',
        'pen',
        { disposition: fact('disposition') ?? 'other' },
        fact('note') || null,
      )
    case 'InteractionClosed':
      return say('event.closed', 'check', { how: fact('how') ?? 'other' })
    case 'InteractionReopened':
      return say('event.reopened', 'flag', {
        queue: fact('queue') ?? '',
        why: fact('why') ?? 'other',
      })
    case 'InteractionChased':
      return say('event.chased', 'flag')
    case 'InteractionCustomerChosen':
      return say('event.customerChosen', 'users', {
        to: fact('toName') ?? '',
        named: fact('toName') === null ? 'no' : 'yes',
      })
    case 'CallReceived':
      return say('event.callReceived', 'phoneIn')
    case 'LegHeld':
      return say('event.held', 'pause', { by: fact('by') ?? 'agent' })
    case 'LegResumed':
      return say('event.resumed', 'play', { clock: clock('heldSeconds') })
    case 'CallEnded':
      return say('event.callEnded', 'phoneOff', { by: fact('by') ?? 'hub' })
    case 'MailReceived':
      return say(
        'event.mailReceived',
        'mail',
        { subject: fact('subject') ?? '', kind: fact('automatic') ?? 'other' },
        fact('excerpt'),
      )
    case 'ReplySubmitted':
      return say('event.replySubmitted', 'reply', {}, fact('excerpt'))
    case 'MailSent':
      return say('event.mailSent', 'check')
    case 'MailSendFailed':
      return say('event.mailSendFailed', 'warn', {
        attempt: Number(fact('attempt') ?? 1),
        again: fact('retryAt') === null ? 'no' : 'yes',
      })
    case 'MailDeliveryReported':
      return say('event.deliveryReported', DELIVERY_ICON[fact('action') ?? ''] ?? 'dots', {
        action: fact('action') ?? 'other',
        trouble: fact('trouble') ?? 'unknown',
        to: fact('to') ?? '',
        named: fact('to') === null ? 'no' : 'yes',
      })
    default:
      // A newer hub: the line is kept, with its time and place, without guessing what it says.
      return say('event.other', 'dots')
  }
}
