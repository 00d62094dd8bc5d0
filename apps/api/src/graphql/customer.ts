import { CUSTOMERS, CUSTOMERS_NOW } from './access.ts'
import { connectionOf, pageOf, toConnection } from './connection.ts'
import { customerPlaceOf, interactionPlaceOf, positionOf } from './cursors.ts'
import { graphQLError } from './errors.ts'
import { idOf } from './ids.ts'
import { ContactPointRef, CustomerRef, InteractionRef, TimelineEntryRef } from './refs.ts'
import { rows } from './row-cache.ts'
import { builder } from './schema-builder.ts'

const TimelineConnection = connectionOf('CustomerTimeline', TimelineEntryRef, CUSTOMERS)
const InteractionsConnection = connectionOf('CustomerInteractions', InteractionRef, CUSTOMERS)
const CustomersConnection = connectionOf('QueryCustomers', CustomerRef, CUSTOMERS)

builder.node(CustomerRef, {
  authScopes: { role: CUSTOMERS },
  id: { resolve: (customer) => customer.customer_id },
  loadOne: (id, { readModels }) => readModels.customer(idOf('customer', { id })),
  fields: (t) => ({
    known: t.boolean({
      description: 'False until somebody gave the customer a name.',
      resolve: (customer) => customer.status === 'known',
    }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'Null while provisional: show the contact point.',
    }),
    language: t.exposeString('language', { nullable: true }),
    place: t.exposeString('place', { nullable: true }),
    customerSince: t.exposeString('customer_since', { nullable: true }),
    createdAt: t.field({ type: 'Instant', resolve: (customer) => customer.created_at }),
    lastContactAt: t.field({
      type: 'Instant',
      nullable: true,
      resolve: (customer) => customer.last_contact_at,
    }),
    contactPoints: t.field({
      type: [ContactPointRef],
      resolve: async (customer, _args, { readModels }) => [
        ...(await readModels.contactPoints(customer.customer_id)),
      ],
    }),
    contactsSince: t.int({
      description: 'How many contacts began at or after `since`, whatever became of them.',
      args: { since: t.arg({ type: 'Instant', required: true }) },
      resolve: (customer, { since }, { readModels }) => readModels.contactsSince(customer.customer_id, since),
    }),
    timeline: t.field({
      type: TimelineConnection,
      description: 'Newest first.',
      args: { first: t.arg.int(), after: t.arg.string() },
      resolve: async (customer, args, { readModels }) => {
        const page = pageOf(args, positionOf)
        const found = await readModels.timeline(customer.customer_id, page)
        return toConnection(found, page.after, (entry) => entry.position)
      },
    }),
    interactions: t.field({
      type: InteractionsConnection,
      description: 'Newest first.',
      args: { first: t.arg.int(), after: t.arg.string() },
      resolve: async (customer, args, { readModels }) => {
        const page = pageOf(args, interactionPlaceOf)
        const found = await readModels.interactions(customer.customer_id, page)
        return toConnection(found, page.after, (row) => `${row.opened_at}|${row.interaction_id}`)
      },
    }),
  }),
})

builder.queryFields((t) => ({
  customer: t.field({
    type: CustomerRef,
    nullable: true,
    authScopes: { role: CUSTOMERS_NOW },
    args: { id: t.arg.globalID({ required: true, for: [CustomerRef] }) },
    resolve: (_root, { id }, context, info) => rows(context, info).customer(idOf('customer', id)),
  }),
  customers: t.field({
    type: CustomersConnection,
    authScopes: { role: CUSTOMERS_NOW },
    args: { search: t.arg.string(), first: t.arg.int(), after: t.arg.string() },
    resolve: async (_root, args, { readModels }) => {
      const page = pageOf(args, customerPlaceOf)
      // The list goes on behind a customer who is there.
      if (page.after !== undefined && (await readModels.customer(page.after)) === null)
        throw graphQLError('BAD_CURSOR')
      const search = args.search?.trim().slice(0, 100)
      const found = await readModels.customers(search ? { ...page, search } : page)
      return toConnection(found, page.after, customersCursor)
    },
  }),
}))

const customersCursor = (customer: { customer_id: string }): string => customer.customer_id
