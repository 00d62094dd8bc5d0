import { defineTable } from '../../read-model-store/table-definition.ts'

export const customerTable = defineTable('customer', {
  columns: {
    customer_id: 'text',
    status: 'text',
    name: 'text null',
    search_name: 'text null',
    language: 'text null',
    place: 'text null',
    customer_since: 'text null',
    created_at: 'text',
    last_contact_at: 'text null',
  },
  key: ['customer_id'],
  indexes: [{ name: 'customer_by_name', columns: ['status', 'search_name', 'customer_id'] }],
  notifies: ['customer_id'],
})

export const contactPointTable = defineTable('contact_point', {
  columns: {
    contact_point_id: 'text',
    kind: 'text',
    value: 'text',
    search_value: 'text',
    customer_id: 'text',
    linked_at: 'text',
    last_used_at: 'text null',
  },
  key: ['contact_point_id', 'customer_id'],
  indexes: [{ name: 'contact_point_by_customer', columns: ['customer_id'] }],
  notifies: ['customer_id'],
})
