import { unchanged } from '../kernel/exhaustive.ts'
import type { CustomerId, InteractionId, MailId, ThreadId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { OrderedMap } from '../kernel/ordered-map.ts'
import type { CorrespondenceEvent } from './events.ts'

type MailOf<Status extends string, Data = unknown> = {
  readonly status: Status
  readonly mailId: MailId
  readonly interactionId: InteractionId
  readonly customerId: CustomerId
} & Readonly<Data>

export type MailState =
  | MailOf<'received'>
  | MailOf<'submitted'>
  /** Tries have failed; the next is at `retryAt`. */
  | MailOf<'retrying', { attempts: number; retryAt: Instant }>
  /** No further try is planned: an operator must look. */
  | MailOf<'givenUp', { attempts: number }>
  | MailOf<'sent'>
  /** It was handed over, and a report says that it did not arrive. */
  | MailOf<'bounced'>

export type CorrespondenceState =
  | { readonly status: 'none' }
  | {
      readonly status: 'open'
      readonly threadId: ThreadId
      readonly customerId: CustomerId
      readonly subject: string
      /** By mail id. */
      readonly mails: OrderedMap<MailState>
      /** Of its mails, in the order they came or were written; the one of the newest mail is last. */
      readonly interactionIds: readonly InteractionId[]
      /** What a person wrote last stands without a reply of ours after it. */
      readonly awaitsAnswer: boolean
    }

export const initialCorrespondence: CorrespondenceState = { status: 'none' }

/** How many tries to send this mail have failed. */
export const failedAttempts = (mail: MailState): number =>
  mail.status === 'retrying' || mail.status === 'givenUp' ? mail.attempts : 0

export const evolveCorrespondence = (
  state: CorrespondenceState,
  event: CorrespondenceEvent,
): CorrespondenceState => {
  switch (event.type) {
    case 'ThreadOpened': {
      const { threadId, customerId, subject } = event.data
      return {
        status: 'open',
        threadId,
        customerId,
        subject,
        mails: OrderedMap.empty(),
        interactionIds: [],
        awaitsAnswer: false,
      }
    }
    case 'MailReceived':
      return written(
        withMail(state, { status: 'received', ...keysOf(event.data) }),
        event.data,
        event.data.automatic === null ? true : null,
      )
    case 'ReplySubmitted':
      return written(withMail(state, { status: 'submitted', ...keysOf(event.data) }), event.data, false)
    case 'MailSent':
      return withMail(state, { status: 'sent', ...keysOf(event.data) })
    case 'MailSendFailed': {
      const { attempt, retryAt } = event.data
      return withMail(
        state,
        retryAt === null
          ? { status: 'givenUp', attempts: attempt, ...keysOf(event.data) }
          : { status: 'retrying', attempts: attempt, retryAt, ...keysOf(event.data) },
      )
    }
    case 'MailDeliveryReported':
      return event.data.action === 'failed'
        ? withMail(state, { status: 'bounced', ...keysOf(event.data) })
        : state
    default:
      return unchanged(state, event)
  }
}

type Keys = Pick<MailState, 'mailId' | 'interactionId' | 'customerId'>

const keysOf = ({ mailId, interactionId, customerId }: Keys): Keys => ({ mailId, interactionId, customerId })

const withMail = (state: CorrespondenceState, mail: MailState): CorrespondenceState =>
  state.status === 'none' ? state : { ...state, mails: state.mails.set(mail.mailId, mail) }

/** `awaitsAnswer` null: as before, since no person wrote it. */
const written = (
  state: CorrespondenceState,
  { interactionId }: Keys,
  awaitsAnswer: boolean | null,
): CorrespondenceState => {
  if (state.status === 'none') return state
  const known = state.interactionIds
  const interactionIds =
    known.at(-1) === interactionId
      ? known
      : [...known.filter((other) => other !== interactionId), interactionId]
  return { ...state, interactionIds, awaitsAnswer: awaitsAnswer ?? state.awaitsAnswer }
}
