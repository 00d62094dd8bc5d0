import type { AnyVariables, Client, TypedDocumentNode } from 'urql'
import type { OutcomeOfFragment } from './generated/graphql.ts'

/** Done; a refusal with its literal code; or the hub was not reached, so that nobody knows. */
export type ActResult =
  | { readonly status: 'done' }
  | { readonly status: 'refused'; readonly code: string }
  | { readonly status: 'unreachable' }

/** Sends one command to the hub. Afterwards every query that shows interactions, customers or mails is asked again. */
export async function act<Variables extends AnyVariables>(
  client: Client,
  document: TypedDocumentNode<{ outcome: OutcomeOfFragment }, Variables>,
  variables: Variables,
): Promise<ActResult> {
  const result = await client
    .mutation(document, variables, { additionalTypenames: ['Interaction', 'Customer', 'Mail'] })
    .toPromise()
  const outcome = result.data?.outcome
  if (outcome?.__typename === 'Done') return { status: 'done' }
  if (outcome?.__typename === 'Refusal') return { status: 'refused', code: outcome.code }
  const code = result.error?.graphQLErrors[0]?.extensions?.['code']
  return typeof code === 'string' ? { status: 'refused', code } : { status: 'unreachable' }
}
