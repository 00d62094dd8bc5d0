'use client'

import { useEffect, useRef, useState } from 'react'
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql'
import { type LiveStatus, openLive } from './live.ts'

type Options<Data, Variables extends AnyVariables> = {
  readonly document: TypedDocumentNode<Data, Variables>
  /** Asked at each connection. */
  readonly variables: () => Variables
  readonly onData: (data: Data) => void
  /** Another key is another stream; null keeps it shut. */
  readonly key: string | null
}

/** A subscription that lives as long as the component, over all losses of the connection. */
export function useLive<Data, Variables extends AnyVariables>(options: Options<Data, Variables>): LiveStatus {
  const client = useClient()
  const latest = useRef(options)
  const [status, setStatus] = useState<LiveStatus>({ status: 'connecting' })
  useEffect(() => {
    latest.current = options
  })
  const { key, document } = options
  useEffect(() => {
    if (key === null) return
    return openLive({
      client,
      document,
      variables: () => latest.current.variables(),
      onData: (data) => latest.current.onData(data),
      onStatus: setStatus,
    })
  }, [client, document, key])
  return status
}
