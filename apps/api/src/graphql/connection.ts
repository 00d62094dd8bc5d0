import type { Paged } from '@centralino/projections'
import type { ObjectRef } from '@pothos/core'
import type { Role } from '../auth/roles.ts'
import { graphQLError } from './errors.ts'
import { builder } from './schema-builder.ts'

type Edge<Row> = { readonly cursor: string; readonly node: Row }
type Connection<Row> = {
  readonly edges: readonly Edge<Row>[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

/** A page's size unless told otherwise, and at most. */
export const PAGE_SIZE = 25
export const MAXIMUM_PAGE_SIZE = 100

/** `{Name}Connection` and `{Name}Edge` (Relay's cursor connections) over rows of `node`. Forwards only. */
export const connectionOf = <Row>(
  name: string,
  node: ObjectRef<typeof builder.$inferSchemaTypes, Row, Row>,
  role: readonly Role[],
) => {
  const edge = builder.objectRef<Edge<Row>>(`${name}Edge`)
  edge.implement({
    authScopes: { role },
    fields: (t) => ({
      cursor: t.exposeString('cursor'),
      node: t.field({ type: node, resolve: (parent) => parent.node as never }),
    }),
  })
  const connection = builder.objectRef<Connection<Row>>(`${name}Connection`)
  connection.implement({
    authScopes: { role },
    fields: (t) => ({
      edges: t.field({ type: [edge], resolve: (parent) => [...parent.edges] }),
      pageInfo: t.field({ type: builder.pageInfoRef(), resolve: (parent) => parent.pageInfo }),
    }),
  })
  return connection
}

/** Reads `first` and `after`; throws BAD_INPUT on a size out of 1 to 100, and what `cursorOf` throws at a cursor. */
export const pageOf = <Cursor extends string>(
  args: { first?: number | null | undefined; after?: string | null | undefined },
  cursorOf: (after: string) => Cursor,
): { first: number; after?: Cursor } => {
  const first = args.first ?? PAGE_SIZE
  if (first < 1 || first > MAXIMUM_PAGE_SIZE) {
    throw graphQLError('BAD_INPUT', `first must be from 1 to ${MAXIMUM_PAGE_SIZE}.`)
  }
  return typeof args.after === 'string' && args.after !== ''
    ? { first, after: cursorOf(args.after) }
    : { first }
}

export const toConnection = <Row>(
  page: Paged<Row>,
  after: string | undefined,
  cursorOf: (row: Row) => string,
): Connection<Row> => {
  const edges = page.rows.map((node) => ({ cursor: cursorOf(node), node }))
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
