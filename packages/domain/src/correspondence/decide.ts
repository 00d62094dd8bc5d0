import type { Decider } from '../kernel/decider.ts'
import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import type { CorrespondenceCommand, CorrespondenceRefusal } from './commands.ts'
import type { CorrespondenceEvent } from './events.ts'
import {
  type CorrespondenceState,
  evolveCorrespondence,
  failedAttempts,
  initialCorrespondence,
  type MailState,
} from './state.ts'

type CorrespondenceDecision = Decision<CorrespondenceEvent, CorrespondenceRefusal>
type Of<T extends CorrespondenceCommand['type']> = Extract<CorrespondenceCommand, { type: T }>

const decide = (command: CorrespondenceCommand, state: CorrespondenceState): CorrespondenceDecision => {
  switch (command.type) {
    case 'ReceiveMail':
      return receive(command, state)
    case 'SubmitReply':
      return submit(command, state)
    case 'RecordSent':
      return recordSent(command, state)
    case 'RecordSendFailure':
      return recordFailure(command, state)
    case 'RecordDeliveryReport':
      return recordReport(command, state)
    default:
      return unreachable(command)
  }
}

const receive = (command: Of<'ReceiveMail'>, state: CorrespondenceState): CorrespondenceDecision => {
  const { type: _type, ...data } = command
  const received: CorrespondenceEvent = { type: 'MailReceived', data }
  if (state.status === 'open') return state.mails.has(command.mailId) ? accept() : accept(received)
  const { threadId, customerId, subject, at } = command
  return accept<CorrespondenceEvent>(
    { type: 'ThreadOpened', data: { threadId, customerId, subject, at } },
    received,
  )
}

const submit = (command: Of<'SubmitReply'>, state: CorrespondenceState): CorrespondenceDecision => {
  const { type: _type, ...data } = command
  const { threadId } = command
  if (state.status === 'none') return refuse('THREAD_UNKNOWN', { threadId })
  if (state.mails.has(command.mailId)) return accept()
  if (command.text.bytes === 0 || command.excerpt.trim() === '') return refuse('REPLY_EMPTY', { threadId })
  if (command.to.length === 0) return refuse('REPLY_HAS_NO_RECIPIENT', { threadId })
  return accept({ type: 'ReplySubmitted', data })
}

const recordSent = (command: Of<'RecordSent'>, state: CorrespondenceState): CorrespondenceDecision => {
  const { threadId, mailId, response, at } = command
  if (state.status === 'none') return refuse('THREAD_UNKNOWN', { threadId })
  const mail = outgoingMail(state.mails.get(mailId))
  if (mail === undefined) return refuse('MAIL_UNKNOWN', { threadId, mailId })
  if (mail.status === 'sent' || mail.status === 'bounced') return accept()
  const { interactionId, customerId } = mail
  return accept({ type: 'MailSent', data: { threadId, mailId, interactionId, customerId, response, at } })
}

const recordFailure = (
  command: Of<'RecordSendFailure'>,
  state: CorrespondenceState,
): CorrespondenceDecision => {
  const { threadId, mailId, code, permanent, retryAt, at } = command
  if (state.status === 'none') return refuse('THREAD_UNKNOWN', { threadId })
  const mail = outgoingMail(state.mails.get(mailId))
  if (mail === undefined) return refuse('MAIL_UNKNOWN', { threadId, mailId })
  // A failure told after the success is of an earlier try: the mail is out.
  if (mail.status === 'sent' || mail.status === 'bounced') return accept()
  const { interactionId, customerId } = mail
  const attempt = failedAttempts(mail) + 1
  return accept({
    type: 'MailSendFailed',
    data: { threadId, mailId, interactionId, customerId, attempt, code, permanent, retryAt, at },
  })
}

const recordReport = (
  command: Of<'RecordDeliveryReport'>,
  state: CorrespondenceState,
): CorrespondenceDecision => {
  const { type: _type, ...data } = command
  const { threadId, mailId } = command
  if (state.status === 'none') return refuse('THREAD_UNKNOWN', { threadId })
  const mail = outgoingMail(state.mails.get(mailId))
  if (mail === undefined) return refuse('MAIL_UNKNOWN', { threadId, mailId })
  if (mail.status === 'bounced') return accept()
  const { interactionId, customerId } = mail
  return accept({ type: 'MailDeliveryReported', data: { ...data, interactionId, customerId } })
}

const outgoingMail = (mail: MailState | undefined): Exclude<MailState, { status: 'received' }> | undefined =>
  mail === undefined || mail.status === 'received' ? undefined : mail

export const correspondenceDecider: Decider<
  CorrespondenceCommand,
  CorrespondenceEvent,
  CorrespondenceState,
  CorrespondenceRefusal
> = { initialState: initialCorrespondence, decide, evolve: evolveCorrespondence }
