import { defineTable } from '../../read-model-store/table-definition.ts'

/** The key serves the timeline's order, and finds the entries to move when an interaction gets another customer. */
export const timelineEntryTable = defineTable('timeline_entry', {
  columns: {
    position: 'text',
    event_id: 'text',
    customer_id: 'text',
    interaction_id: 'text null',
    channel: 'text null',
    type: 'text',
    at: 'text',
    agent_id: 'text null',
    facts: 'text',
  },
  key: ['customer_id', 'position'],
  notifies: ['customer_id', 'interaction_id'],
  appendOnly: true,
})

/** An interaction that came to a customer's timeline or left it: two rows for each that got another customer. */
export const timelineMoveTable = defineTable('timeline_move', {
  columns: { customer_id: 'text', position: 'text', interaction_id: 'text' },
  key: ['customer_id', 'position'],
  appendOnly: true,
})
