import { unreachable } from '@centralino/domain'
import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'
import { graphQLError } from './errors.ts'

/** Levels of selection; the console's deepest question has eight. */
export const MAXIMUM_DEPTH = 12
/** Fields that the answer may hold by the sizes of the pages asked for; the console's largest question is near 4,000. */
export const MAXIMUM_FIELDS = 20_000
/** Words of a document that are read at all. */
export const MAXIMUM_TOKENS = 5_000

/** What a page asked for by a variable counts as, and a list without a size. */
const USUAL_PAGE = 25
const USUAL_LIST = 5
const LISTS_BY_NAME = new Set([
  'accounts',
  'mine',
  'waiting',
  'mails',
  'agents',
  'considered',
  'candidates',
  'offers',
  'undelivered',
])

type Cost = { readonly fields: number; readonly depth: number }

/** A validation rule: refuses a question that is too deep or asks for too many fields. Introspection is counted too. */
export const questionLimits = (context: ValidationContext): ASTVisitor => {
  const fragments = new Map<string, Cost>()
  const inProgress = new Set<string>()

  const costOfFragment = (fragment: FragmentDefinitionNode): Cost => {
    const name = fragment.name.value
    const known = fragments.get(name)
    if (known) return known
    // A fragment that spreads itself is refused by another rule; here it must only end.
    if (inProgress.has(name)) return { fields: 0, depth: 0 }
    inProgress.add(name)
    const cost = costOf(fragment.selectionSet)
    inProgress.delete(name)
    fragments.set(name, cost)
    return cost
  }

  const costOf = (selectionSet: SelectionSetNode): Cost => {
    let fields = 0
    let depth = 0
    for (const selection of selectionSet.selections) {
      const cost = costOfSelection(selection)
      fields = Math.min(fields + cost.fields, Number.MAX_SAFE_INTEGER)
      depth = Math.max(depth, cost.depth)
    }
    return { fields, depth }
  }

  const costOfSelection = (selection: SelectionSetNode['selections'][number]): Cost => {
    switch (selection.kind) {
      case Kind.FIELD: {
        if (!selection.selectionSet) return { fields: 1, depth: 1 }
        const below = costOf(selection.selectionSet)
        return { fields: 1 + below.fields * timesOf(selection), depth: below.depth + 1 }
      }
      case Kind.INLINE_FRAGMENT:
        return costOf(selection.selectionSet)
      case Kind.FRAGMENT_SPREAD: {
        const fragment = context.getFragment(selection.name.value)
        return fragment ? costOfFragment(fragment) : { fields: 0, depth: 0 }
      }
      default:
        return unreachable(selection)
    }
  }

  return {
    OperationDefinition(operation: OperationDefinitionNode) {
      const { fields, depth } = costOf(operation.selectionSet)
      if (depth <= MAXIMUM_DEPTH && fields <= MAXIMUM_FIELDS) return
      const { message, extensions } = graphQLError('TOO_COMPLEX')
      context.reportError(new GraphQLError(message, { nodes: operation, extensions }))
    },
  }
}

const timesOf = (field: FieldNode): number => {
  const first = field.arguments?.find((argument) => argument.name.value === 'first')?.value
  if (first?.kind === Kind.INT) return Math.max(1, Number(first.value))
  if (first !== undefined || field.name.value === 'customers') return USUAL_PAGE
  return LISTS_BY_NAME.has(field.name.value) ? USUAL_LIST : 1
}
