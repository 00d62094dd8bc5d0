import { defineTable } from '../../read-model-store/table-definition.ts'

export const queueTable = defineTable('queue', {
  columns: {
    queue_id: 'text',
    name: 'text',
    required_skills: 'text',
    offer_timeout_seconds: 'integer',
    wrap_up_seconds: 'integer',
    entry_points: 'text',
  },
  key: ['queue_id'],
  notifies: ['queue_id'],
})

export const waitingTable = defineTable('waiting', {
  columns: {
    interaction_id: 'text',
    floor_id: 'text',
    queue_id: 'text',
    channel: 'text',
    enqueued_at: 'text',
    counts_from: 'text',
    place: 'text',
    offer_id: 'text null',
    handled_by: 'text null',
  },
  key: ['interaction_id'],
  notifies: ['interaction_id', 'queue_id'],
})

export const queueQuarterTable = defineTable('queue_quarter', {
  columns: { queue_id: 'text', quarter: 'text', answered: 'integer', abandoned: 'integer' },
  key: ['queue_id', 'quarter'],
  notifies: ['queue_id'],
})
