'use client'

import { useEffect } from 'react'
import { useQuery } from 'urql'
import { type MailBodyFragment, ThreadOfDocument } from '../../gql/generated/graphql.ts'

export type Thread =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly again: () => void }
  | {
      readonly status: 'ready'
      readonly subject: string
      readonly entryPoint: string
      /** Oldest first. */
      readonly mails: readonly MailBodyFragment[]
    }

/** The correspondence behind an interaction. Another `version` means that something in it has changed. */
export function useThread(interactionId: string, version: number): Thread {
  const [{ data, error }, ask] = useQuery({
    query: ThreadOfDocument,
    variables: { interactionId },
    requestPolicy: 'cache-and-network',
  })
  useEffect(() => {
    if (version > 0) ask({ requestPolicy: 'network-only' })
  }, [version, ask])
  const thread = data?.interaction?.thread
  if (thread && data.interaction) {
    return {
      status: 'ready',
      subject: thread.subject,
      entryPoint: data.interaction.entryPoint,
      mails: thread.mails,
    }
  }
  const again = () => ask({ requestPolicy: 'network-only' })
  return error || data ? { status: 'failed', again } : { status: 'loading' }
}
