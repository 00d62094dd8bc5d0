import { defineTable } from '../../read-model-store/table-definition.ts'

export const agentTable = defineTable('agent', {
  columns: {
    agent_id: 'text',
    name: 'text',
    skills: 'text',
    floor_id: 'text null',
    presence: 'text',
    presence_reason: 'text null',
    presence_since: 'text null',
    presence_until: 'text null',
    ready_since: 'text null',
    interaction_id: 'text null',
    offer_id: 'text null',
    left_at: 'text null',
  },
  key: ['agent_id'],
  notifies: ['agent_id'],
})
