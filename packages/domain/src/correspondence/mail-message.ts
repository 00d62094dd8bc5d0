import type { Decider } from '../kernel/decider.ts'
import { accept, refuse } from '../kernel/decision.ts'
import { unchanged, unreachable } from '../kernel/exhaustive.ts'
import type { CustomerId, MailId, ThreadId } from '../kernel/ids.ts'
import type { MailMessageCommand, MailMessageRefusal } from './commands.ts'
import type { MailMessageEvent } from './events.ts'

export type MailMessageState =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'filed'
      readonly messageId: string
      readonly threadId: ThreadId
      readonly mailId: MailId
      readonly customerId: CustomerId
      readonly contentSha256: string | null
      /** Other deliveries of the same message. */
      readonly deliveredAgain: ReadonlySet<MailId>
    }

/** Further deliveries that are recorded; a mail that goes round in a loop is known without end, and told no more. */
const MOST_DELIVERIES = 100

/** Whether a delivery under this Message-ID brings the very message that was filed under it. */
export const isFiledMessage = (
  state: MailMessageState,
  delivery: { readonly mailId: MailId; readonly contentSha256: string | null },
): state is Extract<MailMessageState, { status: 'filed' }> =>
  state.status === 'filed' &&
  (state.mailId === delivery.mailId ||
    (state.contentSha256 !== null && state.contentSha256 === delivery.contentSha256))

/**
 * Which thread a Message-ID belongs to: the first filing stands, and what is delivered again with the same content is the
 * same mail. Another content under the same Message-ID is another mail, which the Message-ID does not lead to.
 */
export const mailMessageDecider: Decider<
  MailMessageCommand,
  MailMessageEvent,
  MailMessageState,
  MailMessageRefusal
> = {
  initialState: { status: 'unknown' },
  decide: (command, state) => {
    switch (command.type) {
      case 'FileMailMessage': {
        const { type: _type, ...data } = command
        return state.status === 'filed' ? accept() : accept({ type: 'MailMessageFiled', data })
      }
      case 'RecordDelivery': {
        const { type: _type, ...data } = command
        if (state.status === 'unknown') return refuse('MESSAGE_NOT_FILED', { mailId: data.mailId })
        if (state.mailId === data.mailId || state.deliveredAgain.has(data.mailId)) return accept()
        if (state.deliveredAgain.size >= MOST_DELIVERIES) return accept()
        const { mailId: filedAs, customerId } = state
        return accept({ type: 'MailMessageDeliveredAgain', data: { ...data, filedAs, customerId } })
      }
      default:
        return unreachable(command)
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'MailMessageFiled': {
        const { at: _at, ...filed } = event.data
        return { status: 'filed', ...filed, deliveredAgain: new Set() }
      }
      case 'MailMessageDeliveredAgain':
        if (state.status === 'unknown') return state
        return { ...state, deliveredAgain: new Set([...state.deliveredAgain, event.data.mailId]) }
      default:
        return unchanged(state, event)
    }
  },
}
