import { defineTable } from '../../read-model-store/table-definition.ts'

export const callTable = defineTable('call', {
  columns: {
    call_id: 'text',
    interaction_id: 'text',
    customer_id: 'text',
    from_number: 'text null',
    from_raw: 'text',
    to_number: 'text',
    received_at: 'text',
    answered_at: 'text null',
    ended_at: 'text null',
    end_q850: 'integer null',
    end_by: 'text null',
  },
  key: ['call_id'],
  notifies: ['interaction_id'],
})

export const legTable = defineTable('leg', {
  columns: {
    leg_id: 'text',
    call_id: 'text',
    party: 'text',
    agent_id: 'text null',
    status: 'text',
    muted: 'integer',
    held_by: 'text',
    held_at: 'text null',
    answered_at: 'text null',
    ended_at: 'text null',
  },
  key: ['leg_id'],
  indexes: [{ name: 'leg_by_call', columns: ['call_id'] }],
})
