import type { AgentId, CustomerId, InteractionId, QueueId } from '@centralino/domain'
import type {
  AgentTable,
  CustomerTable,
  InteractionTable,
  QueueTable,
  ReadModels,
} from '@centralino/projections'
import type { GraphQLResolveInfo } from 'graphql'
import type { GraphQLContext } from './context.ts'

/**
 * Rows that one answer asks for again and again are read once. An answer is one query, or one event of a subscription:
 * the next event must see what changed.
 */
export type RowCache = {
  customer(id: CustomerId): Promise<CustomerTable | null>
  /** Whom another row names: throws when it is not there, which is a bug. */
  namedCustomer(id: CustomerId): Promise<CustomerTable>
  namedInteraction(id: InteractionId): Promise<InteractionTable>
  namedQueue(id: QueueId): Promise<QueueTable>
  interaction(id: InteractionId): Promise<InteractionTable | null>
  agent(id: AgentId): Promise<AgentTable>
  queue(id: QueueId): Promise<QueueTable | null>
}

const caches = new WeakMap<object, RowCache>()

export const rows = (context: GraphQLContext, info: Pick<GraphQLResolveInfo, 'rootValue'>): RowCache => {
  const answer: object = isObject(info.rootValue) ? info.rootValue : context
  const known = caches.get(answer)
  if (known) return known
  const cache = createRowCache(context.readModels)
  caches.set(answer, cache)
  return cache
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const once = <K, V>(load: (key: K) => Promise<V>): ((key: K) => Promise<V>) => {
  const loaded = new Map<K, Promise<V>>()
  return (key) => {
    const before = loaded.get(key)
    if (before !== undefined) return before
    const loading = load(key)
    loaded.set(key, loading)
    return loading
  }
}

const createRowCache = (readModels: ReadModels): RowCache => {
  const queues = once(
    async (_: 'all') => new Map((await readModels.queues()).map((row) => [row.queue_id, row])),
  )
  const customer = once((id: CustomerId) => readModels.customer(id))
  const interaction = once((id: InteractionId) => readModels.interaction(id))
  const queue = async (id: QueueId) => (await queues('all')).get(id) ?? null
  return {
    customer,
    interaction,
    queue,
    agent: once(async (id) => (await readModels.agent(id)) ?? formerAgent(id)),
    namedCustomer: async (id) => named('customer', id, await customer(id)),
    namedInteraction: async (id) => named('interaction', id, await interaction(id)),
    namedQueue: async (id) => named('queue', id, await queue(id)),
  }
}

const named = <Row>(what: string, id: string, row: Row | null): Row => {
  if (row === null) throw new Error(`the read models name ${what} ${id} and do not have it`)
  return row
}

/** History names agents for ever; one whom the roster no longer lists is shown by the id, and is not here. */
const formerAgent = (id: AgentId): AgentTable => ({
  agent_id: id,
  name: id,
  skills: '[]',
  floor_id: null,
  ready_since: null,
  presence: 'offline',
  presence_reason: null,
  presence_since: null,
  presence_until: null,
  interaction_id: null,
  offer_id: null,
  left_at: null,
})
