import type { Decider } from '../kernel/decider.ts'
import { accept } from '../kernel/decision.ts'
import type { CustomerId, MailId, ThreadId } from '../kernel/ids.ts'
import type { MailMessageCommand } from './commands.ts'
import type { MailMessageEvent } from './events.ts'

export type MailMessageState =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'filed'
      readonly messageId: string
      readonly threadId: ThreadId
      readonly mailId: MailId
      readonly customerId: CustomerId
    }

/** Which thread a Message-ID belongs to: the first filing stands, so one mail seen twice is never in two threads. */
export const mailMessageDecider: Decider<MailMessageCommand, MailMessageEvent, MailMessageState, never> = {
  initialState: { status: 'unknown' },
  decide: ({ type: _type, ...data }, state) =>
    state.status === 'filed' ? accept() : accept({ type: 'MailMessageFiled', data }),
  evolve: (state, event) => {
    if (event.type !== 'MailMessageFiled') return state
    const { messageId, threadId, mailId, customerId } = event.data
    return { status: 'filed', messageId, threadId, mailId, customerId }
  },
}
