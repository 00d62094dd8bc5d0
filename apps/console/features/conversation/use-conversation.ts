'use client'

import { useEffect } from 'react'
import { useQuery } from 'urql'
import { ConversationOfDocument, type ConversationOfQuery } from '../../gql/generated/graphql.ts'
import type { Contacts } from '../customer/contact-history.ts'
import { useSevenDaysAgo } from '../customer/use-seven-days-ago.ts'

export type Conversation =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly again: () => void }
  | {
      readonly status: 'ready'
      readonly interaction: NonNullable<ConversationOfQuery['interaction']>
      readonly contacts: Contacts
    }

/** An interaction with its customer and the household. Another `version` means that something about it has changed. */
export function useConversation(interactionId: string, version: string): Conversation {
  const since = useSevenDaysAgo()
  const [{ data, error }, ask] = useQuery({
    query: ConversationOfDocument,
    variables: { id: interactionId, since },
    requestPolicy: 'cache-and-network',
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version asks again.
  useEffect(() => {
    ask({ requestPolicy: 'network-only' })
  }, [version, ask])
  if (data?.interaction) {
    const { customer } = data.interaction
    const newest = customer.interactions.edges.map((edge) => edge.node)
    const contacts = { newest, since, count: customer.contactsSince }
    return { status: 'ready', interaction: data.interaction, contacts }
  }
  return error || data
    ? { status: 'failed', again: () => ask({ requestPolicy: 'network-only' }) }
    : { status: 'loading' }
}
