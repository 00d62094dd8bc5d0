'use client'

import { useEffect } from 'react'
import { useQuery } from 'urql'
import { ConversationOfDocument, type ConversationOfQuery } from '../../gql/generated/graphql.ts'

export type Conversation =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly again: () => void }
  | { readonly status: 'ready'; readonly interaction: NonNullable<ConversationOfQuery['interaction']> }

/** An interaction with its customer and the household. Another `version` means that something about it has changed. */
export function useConversation(interactionId: string, version: string): Conversation {
  const [{ data, error }, ask] = useQuery({
    query: ConversationOfDocument,
    variables: { id: interactionId },
    requestPolicy: 'cache-and-network',
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version asks again.
  useEffect(() => {
    ask({ requestPolicy: 'network-only' })
  }, [version, ask])
  if (data?.interaction) return { status: 'ready', interaction: data.interaction }
  return error || data
    ? { status: 'failed', again: () => ask({ requestPolicy: 'network-only' }) }
    : { status: 'loading' }
}
