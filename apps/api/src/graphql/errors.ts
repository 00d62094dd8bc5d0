import { PothosValidationError } from '@pothos/core'
import { GraphQLError } from 'graphql'
import type { Viewer } from '../auth/viewer.ts'

/** Literal codes in `extensions.code` of errors; expected refusals of actions are `Refusal`s in the data instead. */
export type GraphQLErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_INPUT'
  | 'BAD_CURSOR'
  | 'TOO_COMPLEX'
  | 'TOO_MANY_SUBSCRIPTIONS'
  | 'INTERNAL'

const MESSAGES = {
  UNAUTHENTICATED: 'Sign in first.',
  FORBIDDEN: 'Your role does not include this.',
  BAD_INPUT: 'The request is not right.',
  BAD_CURSOR: '`after` is the cursor of no row of this list.',
  TOO_COMPLEX: 'The request asks for too much at once.',
  TOO_MANY_SUBSCRIPTIONS: 'Too many live views are open in this sign-in.',
  INTERNAL: 'Something went wrong in the hub.',
} as const satisfies Record<GraphQLErrorCode, string>

export const graphQLError = (code: GraphQLErrorCode, detail?: string): GraphQLError =>
  new GraphQLError(detail ?? MESSAGES[code], { extensions: { code } })

export const forbidden = (viewer: Viewer | null): GraphQLError =>
  graphQLError(viewer === null ? 'UNAUTHENTICATED' : 'FORBIDDEN')

/**
 * What the outside sees of an error: ours as they are, bad input by its code, and of everything else nothing but a
 * reference that stands in the log too. `report` gets what was hidden.
 */
export const maskError = (error: unknown, report: (hidden: unknown, reference: string) => void): Error => {
  const origin = error instanceof GraphQLError ? originOf(error) : error
  if (origin === null) return error as GraphQLError
  if (origin instanceof PothosValidationError) return located(error, graphQLError('BAD_INPUT'))
  const reference = crypto.randomUUID().slice(0, 8)
  report(origin, reference)
  return located(error, new GraphQLError(MESSAGES.INTERNAL, { extensions: { code: 'INTERNAL', reference } }))
}

/** What a GraphQLError wraps; null when it was raised as one, by us or by GraphQL itself. */
const originOf = (error: GraphQLError): Error | null => {
  // Pothos's own are GraphQLErrors too, without a code of ours.
  if (error instanceof PothosValidationError) return error
  const original = error.originalError
  if (original === undefined || original === null) return null
  return original instanceof GraphQLError ? originOf(original) : original
}

const located = (from: unknown, error: GraphQLError): GraphQLError =>
  from instanceof GraphQLError
    ? new GraphQLError(error.message, { nodes: from.nodes, path: from.path, extensions: error.extensions })
    : error
