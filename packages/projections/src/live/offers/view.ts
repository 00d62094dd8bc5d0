import { defineTable } from '../../read-model-store/table-definition.ts'

export const offerTable = defineTable('offer', {
  columns: {
    offer_id: 'text',
    interaction_id: 'text',
    queue_id: 'text',
    agent_id: 'text',
    policy_version: 'integer',
    seed: 'integer',
    considered: 'text',
    offered_at: 'text',
    expires_at: 'text',
    status: 'text',
    ended_at: 'text null',
    stream: 'text',
    revision: 'text',
  },
  key: ['offer_id'],
  indexes: [{ name: 'offer_by_interaction', columns: ['interaction_id', 'offered_at'] }],
  notifies: ['interaction_id', 'agent_id'],
})
