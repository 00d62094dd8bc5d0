'use client'

import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { type CustomerCardFragment, CustomerSearchDocument } from '../../gql/generated/graphql.ts'

const PAGE = 50
/** Typing rests for so long before the hub is asked, ms. */
const REST_MS = 200

type Search = {
  readonly customers: readonly CustomerCardFragment[]
  readonly isLoading: boolean
  readonly hasFailed: boolean
  readonly hasMore: boolean
  readonly again: () => void
}

/** Customers by name, number or address; all of them, newest contact first, without a text. */
export function useCustomerSearch(text: string): Search {
  const [search, setSearch] = useState(text.trim())
  useEffect(() => {
    const timer = setTimeout(() => setSearch(text.trim()), REST_MS)
    return () => clearTimeout(timer)
  }, [text])
  const [{ data, error, fetching, stale }, ask] = useQuery({
    query: CustomerSearchDocument,
    variables: { first: PAGE, ...(search === '' ? {} : { search }) },
    requestPolicy: 'cache-and-network',
  })
  return {
    customers: data?.customers.edges.map((edge) => edge.node) ?? [],
    isLoading: (fetching || stale) && !data,
    hasFailed: error !== undefined && !data,
    hasMore: data?.customers.pageInfo.hasNextPage ?? false,
    again: () => ask({ requestPolicy: 'network-only' }),
  }
}
