import type { AnyVariables, Client, TypedDocumentNode } from 'urql'

/** What a command may answer: what was asked for, or a refusal. */
type Outcome = { readonly __typename: string; readonly code?: string }
type DoneOf<O extends Outcome> = Exclude<O, { readonly __typename: 'Refusal' }>

/** Done, with what the hub answered; a refusal with its literal code; or the hub was not reached, so that nobody knows. */
export type ActResult<Done = unknown> =
  | { readonly status: 'done'; readonly done: Done }
  | { readonly status: 'refused'; readonly code: string }
  | { readonly status: 'unreachable' }

/** What a command may change: every query that shows one of them is asked again. */
const CHANGED = ['Interaction', 'Customer', 'Mail', 'Account', 'Queue']

/** Sends one command to the hub. */
export async function act<O extends Outcome, Variables extends AnyVariables>(
  client: Client,
  document: TypedDocumentNode<{ outcome: O }, Variables>,
  variables: Variables,
): Promise<ActResult<DoneOf<O>>> {
  const result = await client.mutation(document, variables, { additionalTypenames: CHANGED }).toPromise()
  const outcome = result.data?.outcome
  if (outcome?.__typename === 'Refusal') return { status: 'refused', code: outcome.code ?? '' }
  if (outcome) return { status: 'done', done: outcome as DoneOf<O> }
  const code = result.error?.graphQLErrors[0]?.extensions?.['code']
  return typeof code === 'string' ? { status: 'refused', code } : { status: 'unreachable' }
}
