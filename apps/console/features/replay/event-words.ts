import type { ReplayLineFragment } from '../../gql/generated/graphql.ts'
import type { MessageKey } from '../../i18n/message-key.ts'

/** Every event of the log as a past-tense sentence. */
const TOLD: Readonly<Record<string, MessageKey>> = {
  AgentBecameNotReady: 'told.agentBecameNotReady',
  AgentBecameReady: 'told.agentBecameReady',
  AgentHired: 'told.agentHired',
  AgentLeft: 'told.agentLeft',
  AgentProfileChanged: 'told.agentProfileChanged',
  AgentSignOffRequested: 'told.agentSignOffRequested',
  AgentSignedOff: 'told.agentSignedOff',
  AgentSignedOn: 'told.agentSignedOn',
  CallEnded: 'told.callEnded',
  CallReceived: 'told.callReceived',
  ContactPointLinked: 'told.contactPointLinked',
  ContactPointUnlinked: 'told.contactPointUnlinked',
  ContactPointUsed: 'told.contactPointUsed',
  CustomerContactPointAdded: 'told.customerContactPointAdded',
  CustomerIdentified: 'told.customerIdentified',
  CustomerProfileChanged: 'told.customerProfileChanged',
  CustomerRegistered: 'told.customerRegistered',
  DigitReceived: 'told.digitReceived',
  FloorDayOpened: 'told.floorDayOpened',
  InteractionAbandoned: 'told.interactionAbandoned',
  InteractionClosed: 'told.interactionClosed',
  InteractionCustomerChosen: 'told.interactionCustomerChosen',
  InteractionHandlingEnded: 'told.interactionHandlingEnded',
  InteractionHandlingStarted: 'told.interactionHandlingStarted',
  InteractionOfferEnded: 'told.interactionOfferEnded',
  InteractionOffered: 'told.interactionOffered',
  InteractionOpened: 'told.interactionOpened',
  InteractionQueued: 'told.interactionQueued',
  InteractionChased: 'told.interactionChased',
  InteractionReopened: 'told.interactionReopened',
  InteractionReturnedToQueue: 'told.interactionReturned',
  InteractionWrappedUp: 'told.interactionWrappedUp',
  LegAnswered: 'told.legAnswered',
  LegEnded: 'told.legEnded',
  LegHeld: 'told.legHeld',
  LegMuted: 'told.legMuted',
  LegOffered: 'told.legOffered',
  LegResumed: 'told.legResumed',
  LegRinging: 'told.legRinging',
  LegUnmuted: 'told.legUnmuted',
  LegsBridged: 'told.legsBridged',
  LogSealed: 'told.logSealed',
  MailDeliveryReported: 'told.mailDeliveryReported',
  MailMessageDeliveredAgain: 'told.mailDeliveredAgain',
  MailMessageFiled: 'told.mailFiled',
  MailReceived: 'told.mailReceived',
  MailSendFailed: 'told.mailSendFailed',
  MailSent: 'told.mailSent',
  OfferAccepted: 'told.offerAccepted',
  OfferDeclined: 'told.offerDeclined',
  OfferLapsed: 'told.offerLapsed',
  OfferWithdrawn: 'told.offerWithdrawn',
  ProvisionalCustomerCreated: 'told.provisionalCustomerCreated',
  QueueChanged: 'told.queueChanged',
  QueueDefined: 'told.queueDefined',
  ReplayClosed: 'told.replayClosed',
  ReplayLookedAt: 'told.replayLookedAt',
  ReplayOpened: 'told.replayOpened',
  ReplySubmitted: 'told.replySubmitted',
  ThreadOpened: 'told.threadOpened',
  TreatmentStarted: 'told.treatmentStarted',
  WorkEnqueued: 'told.workEnqueued',
  WorkRaised: 'told.workRaised',
  WorkOffered: 'told.workOffered',
  WorkRemoved: 'told.workRemoved',
  WorkReturned: 'told.workReturned',
  WrapUpFinished: 'told.wrapUpFinished',
  WrapUpStarted: 'told.wrapUpStarted',
}

export type Told = Pick<
  ReplayLineFragment,
  'type' | 'channel' | 'agentName' | 'queueName' | 'customerName' | 'facts'
>

export type EventWords = {
  readonly key: MessageKey
  readonly values: Record<string, string>
}

/** The sentence of an event; one that this page does not know yet is kept, without guessing what it says. */
export function wordsOf(event: Told): EventWords {
  const fact = (name: string, otherwise = 'other') =>
    event.facts.find((one) => one.name === name)?.value ?? otherwise
  const name = fact('name', '')
  return {
    key: TOLD[event.type] ?? 'told.other',
    values: {
      agent: event.agentName ?? name,
      queue: event.queueName ?? name,
      name,
      channel: event.channel ?? 'other',
      how: fact('how'),
      why: fact('why'),
      when: fact('while'),
      reason: fact('reason'),
      by: fact('by'),
      party: fact('party'),
      treatment: fact('treatment'),
      disposition: fact('disposition'),
      eligible: fact('eligible', '0'),
      considered: fact('considered', '0'),
    },
  }
}

/** Whom it was about and where, in one line; empty when the sentence says it all. */
export function aboutOf(event: Told): string {
  const said = wordsOf(event).values['queue']
  const inSentence =
    event.type.startsWith('Queue') || event.type === 'InteractionQueued' || event.type === 'WorkEnqueued'
  return [event.customerName, inSentence ? null : said].filter((part) => part).join(', ')
}
