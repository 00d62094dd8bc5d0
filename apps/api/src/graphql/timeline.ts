import type { ReadModels, TimelineEntryTable } from '@centralino/projections'
import { fromJson } from '@centralino/projections'
import { CONVERSATIONS, CUSTOMERS, EVERYBODY } from './access.ts'
import { ChannelEnum } from './enums.ts'
import { idOf } from './ids.ts'
import { AgentRef, CustomerRef, FactRef, InteractionRef, TimelineEntryRef } from './refs.ts'
import { rows } from './row-cache.ts'
import { builder } from './schema-builder.ts'

/** Also a notice's, which names nobody: whoever got to the facts' owner may read them. */
FactRef.implement({
  authScopes: { role: EVERYBODY },
  fields: (t) => ({ name: t.exposeString('name'), value: t.exposeString('value') }),
})

/** Facts that quote what was said: kept from those who may know only that it was. */
const QUOTING_FACTS = new Set(['excerpt', 'note', 'text'])

/** An entry by its customer and position: the newest one before just after it. */
const timelineEntry = async (readModels: ReadModels, id: string): Promise<TimelineEntryTable | null> => {
  const [customer = '', position = ''] = id.split('~', 2)
  const page = { first: 1, after: `${position}~` }
  const { rows: found } = await readModels.timeline(idOf('customer', { id: customer }), page)
  return found.find((entry) => entry.position === position) ?? null
}

builder.node(TimelineEntryRef, {
  description:
    "One event of a customer's life that a person reads. `type` is the event's type; the console has a sentence for each.",
  authScopes: { role: CUSTOMERS },
  id: { resolve: (entry) => `${entry.customer_id}~${entry.position}` },
  loadOne: (id, { readModels }) => timelineEntry(readModels, id),
  fields: (t) => ({
    position: t.exposeString('position'),
    type: t.exposeString('type'),
    at: t.field({ type: 'Instant', resolve: (entry) => entry.at }),
    customer: t.field({
      type: CustomerRef,
      description: 'Whose entry it is now; it moves when another customer is chosen for its contact.',
      resolve: (entry, _args, context, info) => rows(context, info).namedCustomer(entry.customer_id),
    }),
    channel: t.field({ type: ChannelEnum, nullable: true, resolve: (entry) => entry.channel }),
    agent: t.field({
      type: AgentRef,
      nullable: true,
      resolve: (entry, _args, context, info) =>
        entry.agent_id === null ? null : rows(context, info).agent(entry.agent_id),
    }),
    interaction: t.field({
      type: InteractionRef,
      nullable: true,
      resolve: (entry, _args, context, info) =>
        entry.interaction_id === null ? null : rows(context, info).interaction(entry.interaction_id),
    }),
    facts: t.field({
      type: [FactRef],
      resolve: (entry, _args, { viewer }) => {
        const mayRead = viewer !== null && CONVERSATIONS.includes(viewer.role)
        return Object.entries(fromJson(entry.facts)).flatMap(([name, value]) =>
          value === null || (QUOTING_FACTS.has(name) && !mayRead) ? [] : [{ name, value: String(value) }],
        )
      },
    }),
  }),
})
