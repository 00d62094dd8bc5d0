import { defineTable } from '../../read-model-store/table-definition.ts'

export const interactionTable = defineTable('interaction', {
  columns: {
    interaction_id: 'text',
    customer_id: 'text',
    channel: 'text',
    direction: 'text',
    status: 'text',
    queue_id: 'text null',
    agent_id: 'text null',
    subject: 'text null',
    contact_point: 'text',
    entry_point: 'text',
    call_id: 'text null',
    thread_id: 'text null',
    opened_at: 'text',
    queued_at: 'text null',
    handling_started_at: 'text null',
    handling_ended_at: 'text null',
    closed_at: 'text null',
    closed_how: 'text null',
    reopened_why: 'text null',
    chasers: 'integer',
    disposition: 'text null',
    note: 'text null',
    excerpt: 'text null',
  },
  key: ['interaction_id'],
  indexes: [
    { name: 'interaction_by_customer', columns: ['customer_id', 'opened_at', 'interaction_id'] },
    { name: 'interaction_open_by_agent', columns: ['agent_id'], where: 'closed_at is null' },
  ],
  notifies: ['interaction_id', 'customer_id', 'agent_id', 'queue_id'],
})

export const interactionCandidateTable = defineTable('interaction_candidate', {
  columns: { interaction_id: 'text', customer_id: 'text', rank: 'integer', why: 'text' },
  key: ['interaction_id', 'customer_id'],
  notifies: ['interaction_id'],
  appendOnly: true,
})
