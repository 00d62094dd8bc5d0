import type { ContactPoint, ContactPointId, CustomerId, CustomerProfile, Instant } from '@centralino/domain'
import type { Projection } from '../../projector/projection.ts'
import type { Rows } from '../../read-model-store/rows.ts'
import type { Row } from '../../read-model-store/tables.ts'
import { contactPointId } from './contact-point-id.ts'
import { digitsOf, searchText } from './search-text.ts'
import { contactPointTable, customerTable } from './view.ts'

const link = (rows: Rows, id: ContactPointId, point: ContactPoint, customerId: CustomerId, at: Instant) => {
  const known = rows.get('contact_point', id, customerId)
  if (known !== null) return
  rows.put('contact_point', {
    contact_point_id: id,
    kind: point.kind,
    value: point.value,
    search_value: point.kind === 'phone' ? digitsOf(point.value) : searchText(point.value),
    customer_id: customerId,
    linked_at: at,
    last_used_at: null,
  })
}

const profileColumns = (profile: CustomerProfile) => ({
  status: 'known' as const,
  name: profile.name,
  search_name: searchText(profile.name),
  language: profile.language,
  place: profile.place,
  customer_since: profile.customerSince,
})

const known = (rows: Rows, customerId: CustomerId, profile: CustomerProfile, at: Instant) => {
  const before = rows.get('customer', customerId)
  rows.put('customer', {
    customer_id: customerId,
    created_at: before?.created_at ?? at,
    last_contact_at: before?.last_contact_at ?? null,
    ...profileColumns(profile),
  })
}

const contacted = (rows: Rows, customerId: CustomerId, at: Instant) => {
  const customer = rows.get('customer', customerId)
  if (customer === null) return
  if (customer.last_contact_at === null || customer.last_contact_at < at)
    rows.put('customer', { ...customer, last_contact_at: at })
}

const newest = (interactions: readonly Row<'interaction'>[]): Instant | null =>
  interactions.reduce<Instant | null>(
    (latest, { opened_at }) => (latest === null || latest < opened_at ? opened_at : latest),
    null,
  )

/** Who the customers are and how to reach them. */
export const customerCard: Projection = {
  name: 'customerCard',
  tables: [customerTable, contactPointTable],
  on: {
    ProvisionalCustomerCreated: ({ customerId, contactPoint, at }, rows) => {
      rows.put('customer', {
        customer_id: customerId,
        status: 'provisional',
        name: null,
        search_name: null,
        language: null,
        place: null,
        customer_since: null,
        created_at: at,
        last_contact_at: null,
      })
      link(rows, contactPointId(contactPoint), contactPoint, customerId, at)
    },
    CustomerRegistered: ({ customerId, profile, at }, rows) => known(rows, customerId, profile, at),
    CustomerIdentified: ({ customerId, profile, at }, rows) => known(rows, customerId, profile, at),
    CustomerProfileChanged: ({ customerId, profile, at }, rows) => known(rows, customerId, profile, at),
    CustomerContactPointAdded: ({ customerId, contactPoint, at }, rows) =>
      link(rows, contactPointId(contactPoint), contactPoint, customerId, at),

    ContactPointLinked: ({ contactPointId: id, contactPoint, customerId, at }, rows) =>
      link(rows, id, contactPoint, customerId, at),
    ContactPointUnlinked: ({ contactPointId: id, customerId }, rows) =>
      rows.remove('contact_point', id, customerId),
    ContactPointUsed: ({ contactPointId: id, customerId, at }, rows) => {
      const point = rows.get('contact_point', id, customerId)
      if (point !== null) rows.put('contact_point', { ...point, last_used_at: at })
    },

    InteractionOpened: ({ customerId, at }, rows) => contacted(rows, customerId, at),
    InteractionCustomerChosen: ({ interactionId, from, to }, rows) => {
      const interaction = rows.get('interaction', interactionId)
      if (interaction !== null) contacted(rows, to, interaction.opened_at)
      rows.patch('customer', from, {
        last_contact_at: newest(rows.where('interaction', { customer_id: from })),
      })
    },
  },
}
