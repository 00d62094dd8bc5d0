import { defineTable } from '../../read-model-store/table-definition.ts'

export const replayTable = defineTable('replay', {
  columns: {
    replay_id: 'text',
    account_id: 'text',
    account_name: 'text',
    reason: 'text',
    period_from: 'text',
    period_until: 'text',
    opened_at: 'text',
    closed_at: 'text null',
  },
  key: ['replay_id'],
  indexes: [{ name: 'replay_by_time', columns: ['opened_at', 'replay_id'] }],
})

export const lookTable = defineTable('look', {
  columns: {
    replay_id: 'text',
    look: 'text',
    what: 'text',
    agent_id: 'text null',
    customer_id: 'text null',
    offer_id: 'text null',
    position: 'text',
    at: 'text',
  },
  key: ['replay_id', 'look'],
  appendOnly: true,
})
