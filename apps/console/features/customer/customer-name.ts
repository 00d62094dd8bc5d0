'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { Channel } from '../../gql/generated/graphql.ts'

type Named = {
  readonly name: string | null
}
type Point = { readonly kind: string; readonly display: string }

/** What stands for the name of somebody without one; `channel` null where it is not about one contact. */
export function unnamed(
  point: Point | null | undefined,
  channel: Channel | null,
): 'display' | 'withheld' | 'noSender' | 'unknown' {
  if (!point) return 'unknown'
  if (point.kind === 'noSender') return 'noSender'
  if (point.kind !== 'anonymous') return point.display === '' ? 'unknown' : 'display'
  switch (channel) {
    case 'CALL':
      return 'withheld'
    // As mails without a sender were filed before they had a kind of their own.
    case 'EMAIL':
      return 'noSender'
    case null:
      return 'unknown'
  }
}

/** Who it is, in words: the name; for somebody without one the number or address; else why there is none. */
export function useCustomerName(): (
  customer: Named,
  point?: Point | null,
  channel?: Channel | null,
) => string {
  const t = useTranslations()
  return useCallback(
    (customer, point, channel = null) => {
      if (customer.name !== null) return customer.name
      switch (unnamed(point, channel)) {
        case 'display':
          return point?.display ?? ''
        case 'withheld':
          return t('customer.withheld')
        case 'noSender':
          return t('customer.noSender')
        case 'unknown':
          return t('customer.unknown')
      }
    },
    [t],
  )
}
