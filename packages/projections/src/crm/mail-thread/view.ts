import { defineTable } from '../../read-model-store/table-definition.ts'

export const mailThreadTable = defineTable('mail_thread', {
  columns: {
    thread_id: 'text',
    customer_id: 'text',
    subject: 'text',
    opened_at: 'text',
    last_mail_at: 'text',
    last_excerpt: 'text null',
    last_interaction_id: 'text null',
  },
  key: ['thread_id'],
  notifies: ['thread_id'],
})

/** Mails that an operator may have to look after, what bounced being its agent's; the query must say the same for the index to serve it. */
export const UNDELIVERED = `status not in ('received', 'sent', 'bounced')`

export const mailTable = defineTable('mail', {
  columns: {
    mail_id: 'text',
    thread_id: 'text',
    interaction_id: 'text',
    direction: 'text',
    message_id: 'text',
    from_name: 'text null',
    from_address: 'text',
    to_addresses: 'text',
    cc_addresses: 'text',
    answers_to: 'text',
    subject: 'text',
    excerpt: 'text',
    text_sha256: 'text null',
    html_sha256: 'text null',
    raw_sha256: 'text null',
    attachments: 'text',
    defects: 'text',
    status: 'text',
    attempts: 'integer',
    last_error: 'text null',
    retry_at: 'text null',
    reported_action: 'text null',
    reported_status: 'text null',
    agent_id: 'text null',
    at: 'text',
  },
  key: ['mail_id'],
  indexes: [
    { name: 'mail_by_thread', columns: ['thread_id', 'at'] },
    { name: 'mail_undelivered', columns: ['at'], where: UNDELIVERED },
  ],
  notifies: ['thread_id', 'interaction_id'],
})
