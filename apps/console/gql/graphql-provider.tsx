'use client'

import { type ReactNode, useState } from 'react'
import { Provider } from 'urql'
import { createClient } from './client.ts'

export function GraphqlProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createClient)
  return <Provider value={client}>{children}</Provider>
}
