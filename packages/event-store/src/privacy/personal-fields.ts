import type { LoggedEvent } from '../upcasting/event-types.ts'

type NoObject = string | number | boolean | null | undefined

/** Dotted paths to the fields of `Data`; a list is a field as a whole. */
type PathIn<Data> = Data extends NoObject | readonly unknown[]
  ? never
  : { [K in keyof Data & string]: K | `${K}.${PathIn<NonNullable<Data[K]>>}` }[keyof Data & string]

type ValueAt<Data, Path extends string> = Path extends `${infer Field}.${infer Rest}`
  ? Field extends keyof Data
    ? ValueAt<NonNullable<Data[Field]>, Rest>
    : never
  : Path extends keyof Data
    ? Data[Path] | LeftOut<Data, Path>
    : never

type LeftOut<Data, Field extends keyof Data> =
  Partial<Pick<Data, Field>> extends Pick<Data, Field> ? undefined : never

/** The personal fields of an event's data, each with what stands there once it is erased: a value of the field's own type. */
type PersonalFieldsOf<Data> = { readonly [Path in PathIn<Data>]?: ValueAt<Data, Path> }

type Decisions = {
  readonly [Type in LoggedEvent['type']]:
    | 'none'
    | PersonalFieldsOf<Extract<LoggedEvent, { readonly type: Type }>['data']>
}

const CONTACT_POINT = { 'contactPoint.value': '', 'contactPoint.raw': '' } as const

const PROFILE = {
  'profile.name': '',
  'profile.language': null,
  'profile.place': null,
  'profile.customerSince': null,
} as const

const HEADERS = { 'headers.messageId': '', 'headers.inReplyTo': null, 'headers.references': [] } as const

/**
 * Which fields of which event are personal to a customer. A type that is new does not compile until it stands here, `none`
 * being a decision too. What stays is the skeleton: ids, times, queues, agents, causes, our own numbers and addresses, and the
 * name of a mail's file in the blob store, which goes with the customer. Agents' names are the company's record of its staff.
 */
const DECISIONS: Decisions = {
  AgentBecameNotReady: 'none',
  AgentBecameReady: 'none',
  AgentHired: 'none',
  AgentLeft: 'none',
  AgentProfileChanged: 'none',
  AgentSignOffRequested: 'none',
  AgentSignedOff: 'none',
  AgentSignedOn: 'none',
  CallEnded: 'none',
  // The SIP Call-ID names the phone's own address.
  CallReceived: { from: null, fromRaw: '', sipCallId: '' },
  ContactPointLinked: CONTACT_POINT,
  ContactPointUnlinked: 'none',
  ContactPointUsed: 'none',
  CustomerContactPointAdded: CONTACT_POINT,
  CustomerIdentified: PROFILE,
  CustomerProfileChanged: PROFILE,
  CustomerRegistered: PROFILE,
  // Digits in a row are a customer number, a PIN or a card.
  DigitReceived: { digit: '' },
  FloorDayOpened: 'none',
  InteractionAbandoned: 'none',
  InteractionChased: 'none',
  InteractionClosed: 'none',
  InteractionCustomerChosen: 'none',
  InteractionHandlingEnded: 'none',
  InteractionHandlingStarted: 'none',
  InteractionOfferEnded: 'none',
  InteractionOffered: 'none',
  InteractionOpened: { ...CONTACT_POINT, subject: null },
  InteractionQueued: 'none',
  InteractionReopened: 'none',
  InteractionReturnedToQueue: 'none',
  InteractionWrappedUp: { note: '' },
  LegAnswered: 'none',
  LegEnded: 'none',
  LegHeld: 'none',
  LegMuted: 'none',
  LegOffered: 'none',
  LegResumed: 'none',
  LegRinging: 'none',
  LegUnmuted: 'none',
  LegsBridged: 'none',
  LogSealed: 'none',
  MailDeliveryReported: { recipients: [] },
  MailMessageDeliveredAgain: { messageId: '', addressedTo: [] },
  // Of a short text the hash alone tells whether it is a text that somebody guesses.
  MailMessageFiled: { messageId: '', contentSha256: null },
  MailReceived: {
    ...HEADERS,
    from: { name: null, address: '' },
    replyTo: undefined,
    to: [],
    cc: [],
    subject: '',
    excerpt: '',
    text: null,
    html: null,
    attachments: [],
  },
  MailSendFailed: 'none',
  // A server's answer may name the address that it took the mail for.
  MailSent: { response: '' },
  OfferAccepted: 'none',
  OfferDeclined: 'none',
  OfferLapsed: 'none',
  OfferWithdrawn: 'none',
  ProvisionalCustomerCreated: CONTACT_POINT,
  QueueChanged: 'none',
  QueueDefined: 'none',
  ReplayClosed: 'none',
  ReplayLookedAt: 'none',
  // The auditor is of the staff, and the reason is the company's record.
  ReplayOpened: 'none',
  ReplySubmitted: { ...HEADERS, to: [], subject: '', excerpt: '' },
  ThreadOpened: { subject: '' },
  TreatmentStarted: 'none',
  WorkEnqueued: 'none',
  WorkOffered: 'none',
  WorkRaised: 'none',
  WorkRemoved: 'none',
  WorkReturned: 'none',
  WrapUpFinished: 'none',
  WrapUpStarted: 'none',
}

/** `path` leads to the field; `erased` undefined: the field is left out. */
export type PersonalField = {
  readonly name: string
  readonly path: readonly string[]
  readonly erased: unknown
}

const FIELDS: ReadonlyMap<string, readonly PersonalField[]> = new Map(
  Object.entries(DECISIONS).flatMap(([type, decision]) =>
    decision === 'none'
      ? []
      : [[type, Object.entries(decision).map(([name, erased]) => ({ name, path: name.split('.'), erased }))]],
  ),
)

const NO_FIELDS: readonly PersonalField[] = []

/** The personal fields of events of this type; none of a type that nobody decided on (a test's own). */
export const personalFieldsOf = (type: string): readonly PersonalField[] => FIELDS.get(type) ?? NO_FIELDS

/**
 * Whose key protects an event: its customer's. One with personal data and without a customer has a key of its stream's, so that
 * nothing personal is ever written in clear.
 */
export const keyIdOf = (event: {
  readonly stream: string
  readonly data: unknown
  readonly metadata: { readonly customerId?: string }
}): string => customerIn(event.data) ?? event.metadata.customerId ?? event.stream

const customerIn = (data: unknown): string | null =>
  typeof data === 'object' && data !== null && 'customerId' in data && typeof data.customerId === 'string'
    ? data.customerId
    : null
