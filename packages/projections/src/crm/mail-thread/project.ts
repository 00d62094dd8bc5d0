import { answersTo, type Instant, type InteractionId, type ThreadId } from '@centralino/domain'
import type { DataOf, Projection } from '../../projector/projection.ts'
import { toJson } from '../../read-model-store/json.ts'
import type { Rows } from '../../read-model-store/rows.ts'
import type { Row } from '../../read-model-store/tables.ts'
import { mailTable, mailThreadTable } from './view.ts'

const received = (data: DataOf<'MailReceived'>): Row<'mail'> => ({
  mail_id: data.mailId,
  thread_id: data.threadId,
  interaction_id: data.interactionId,
  direction: 'inbound',
  message_id: data.headers.messageId,
  from_name: data.from.name,
  from_address: data.from.address,
  to_addresses: toJson(data.to),
  cc_addresses: toJson(data.cc),
  answers_to: toJson(answersTo(data)),
  subject: data.subject,
  excerpt: data.excerpt,
  text_sha256: data.text?.sha256 ?? null,
  html_sha256: data.html?.sha256 ?? null,
  raw_sha256: data.raw.sha256,
  attachments: toJson(data.attachments),
  defects: toJson(data.defects),
  status: 'received',
  attempts: 0,
  last_error: null,
  retry_at: null,
  reported_action: null,
  reported_status: null,
  agent_id: null,
  at: data.at,
})

const submitted = (data: DataOf<'ReplySubmitted'>): Row<'mail'> => ({
  mail_id: data.mailId,
  thread_id: data.threadId,
  interaction_id: data.interactionId,
  direction: 'outbound',
  message_id: data.headers.messageId,
  from_name: data.from.name,
  from_address: data.from.address,
  to_addresses: toJson(data.to),
  cc_addresses: toJson([]),
  answers_to: toJson(data.to),
  subject: data.subject,
  excerpt: data.excerpt,
  text_sha256: data.text.sha256,
  html_sha256: null,
  raw_sha256: null,
  attachments: toJson([]),
  defects: toJson([]),
  status: 'sending',
  attempts: 0,
  last_error: null,
  retry_at: null,
  reported_action: null,
  reported_status: null,
  agent_id: data.agentId,
  at: data.at,
})

const joined = (
  rows: Rows,
  mail: { threadId: ThreadId; interactionId: InteractionId; excerpt: string; at: Instant },
) =>
  rows.patch('mail_thread', mail.threadId, {
    last_mail_at: mail.at,
    last_excerpt: mail.excerpt,
    last_interaction_id: mail.interactionId,
  })

/** Correspondences and their mails, with how far each reply got on its way out. */
export const mailThread: Projection = {
  name: 'mailThread',
  tables: [mailThreadTable, mailTable],
  on: {
    ThreadOpened: ({ threadId, customerId, subject, at }, rows) =>
      rows.put('mail_thread', {
        thread_id: threadId,
        customer_id: customerId,
        subject,
        opened_at: at,
        last_mail_at: at,
        last_excerpt: null,
        last_interaction_id: null,
      }),
    MailReceived: (data, rows) => {
      rows.put('mail', received(data))
      joined(rows, data)
    },
    ReplySubmitted: (data, rows) => {
      rows.put('mail', submitted(data))
      joined(rows, data)
    },
    MailSent: ({ mailId }, rows) => {
      const mail = rows.get('mail', mailId)
      if (mail === null) return
      rows.put('mail', {
        ...mail,
        status: 'sent',
        attempts: mail.attempts + 1,
        last_error: null,
        retry_at: null,
      })
    },
    MailSendFailed: ({ mailId, attempt, code, retryAt }, rows) =>
      rows.patch('mail', mailId, {
        status: retryAt === null ? 'failed' : 'retrying',
        attempts: attempt,
        last_error: code,
        retry_at: retryAt,
      }),
    MailDeliveryReported: ({ mailId, action, status }, rows) =>
      rows.patch('mail', mailId, {
        reported_action: action,
        reported_status: status,
        ...(action === 'failed' ? { status: 'bounced', retry_at: null } : {}),
      }),
    InteractionCustomerChosen: ({ interactionId, to }, rows) => {
      const threadId = rows.get('interaction', interactionId)?.thread_id
      if (threadId) rows.patch('mail_thread', threadId, { customer_id: to })
    },
  },
}
