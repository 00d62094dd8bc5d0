'use client'

import { useEffect } from 'react'
import { type OperationContext, useQuery } from 'urql'
import {
  type AccountLineFragment,
  AdministrationDocument,
  type QueueSettingsFragment,
} from '../../gql/generated/graphql.ts'
import { useAskAgain } from '../session/session.tsx'

export type Account = AccountLineFragment
export type Queue = QueueSettingsFragment

export type Administration =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly again: () => void }
  | { readonly status: 'ready'; readonly accounts: readonly Account[]; readonly queues: readonly Queue[] }

/** Named here too, since an empty list tells urql nothing about what would stand in it. */
const SHOWN: Partial<OperationContext> = { additionalTypenames: ['Account', 'Queue'] }

/** Who may sign in, and which queues there are; asked again after every command. */
export function useAdministration(): Administration {
  const [{ data, error }, ask] = useQuery({
    query: AdministrationDocument,
    requestPolicy: 'cache-and-network',
    context: SHOWN,
  })
  const askWho = useAskAgain()
  const isOver = error?.graphQLErrors.some((one) => one.extensions?.['code'] === 'UNAUTHENTICATED') ?? false
  useEffect(() => {
    if (isOver) askWho()
  }, [isOver, askWho])
  if (data) return { status: 'ready', accounts: data.accounts, queues: data.queues }
  return error
    ? { status: 'failed', again: () => ask({ requestPolicy: 'network-only' }) }
    : { status: 'loading' }
}
