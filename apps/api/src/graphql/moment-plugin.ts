import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core'
import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql'
import type { GraphQLContext } from './context.ts'

type Path = GraphQLResolveInfo['path']

/** Where in an answer another moment than now is told, and the context that tells it. */
const moments = new WeakMap<Path, GraphQLContext>()
/** Contexts of requests that ask for any: all others pay nothing. */
const asking = new WeakSet<GraphQLContext>()

/** Whatever is asked for below this field is answered by these read models, as of this instant. */
export const answerBelow = (
  context: GraphQLContext,
  { path }: Pick<GraphQLResolveInfo, 'path'>,
  at: Pick<GraphQLContext, 'readModels' | 'now'>,
): void => {
  asking.add(context)
  moments.set(path, { ...context, ...at })
}

const contextAt = (context: GraphQLContext, path: Path): GraphQLContext => {
  if (!asking.has(context)) return context
  for (let above = path.prev; above !== undefined; above = above.prev) {
    const found = moments.get(above)
    if (found !== undefined) return found
  }
  return context
}

/** Gives each resolver the context of its place: the schema that tells of now tells of the past as well. */
export class MomentPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    _field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    return (parent, args, context, info) =>
      resolver(parent, args, contextAt(context as unknown as GraphQLContext, info.path) as never, info)
  }
}

export const MOMENT_PLUGIN = 'moment'

SchemaBuilder.registerPlugin(MOMENT_PLUGIN, MomentPlugin)

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      moment: MomentPlugin<Types>
    }
  }
}
