import { type Instant, parseInstant } from '@centralino/domain'
import SchemaBuilder from '@pothos/core'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import type { Role } from '../auth/roles.ts'
import { EVERYBODY, NODES_NOW } from './access.ts'
import type { GraphQLContext } from './context.ts'
import { forbidden, graphQLError } from './errors.ts'
import { MOMENT_PLUGIN } from './moment-plugin.ts'

/** The one builder; each concept adds its types in a file of its own, and `schema.ts` prints what came of it. */
export const builder = new SchemaBuilder<{
  Context: GraphQLContext
  DefaultFieldNullability: false
  Scalars: { Instant: { Input: Instant; Output: Instant } }
  AuthScopes: { role: readonly Role[]; desk: boolean }
}>({
  plugins: [ScopeAuthPlugin, RelayPlugin, MOMENT_PLUGIN],
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: ({ viewer }) => ({
      role: (allowed) => viewer !== null && allowed.includes(viewer.role),
      /** An agent with a place on the floor. */
      desk: viewer !== null && viewer.role === 'agent' && viewer.agentId !== null,
    }),
    // A subscription is refused before it starts, not at its first event.
    authorizeOnSubscribe: true,
    unauthorizedError: (_parent, context) => forbidden(context.viewer),
  },
  relay: {
    nodeTypeOptions: {},
    pageInfoTypeOptions: { authScopes: { role: EVERYBODY } },
    nodeQueryOptions: { authScopes: { role: NODES_NOW }, nullable: true },
    nodesQueryOptions: false,
    brandLoadedObjects: true,
  },
})

builder.queryType({})
builder.mutationType({})
builder.subscriptionType({})

builder.scalarType('Instant', {
  description: 'ISO 8601 instant, UTC.',
  serialize: (value) => value,
  parseValue: (value) => {
    try {
      return parseInstant(String(value))
    } catch {
      throw graphQLError('BAD_INPUT', 'Not an ISO 8601 instant.')
    }
  },
})
