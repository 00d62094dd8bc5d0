'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'

type Named = {
  readonly name: string | null
}
type Point = { readonly kind: string; readonly display: string }

/** Who it is, in words: the name; for somebody without one the number or address; for a withheld number just that. */
export function useCustomerName(): (customer: Named, point?: Point | null) => string {
  const t = useTranslations()
  return useCallback(
    (customer, point) => {
      if (customer.name !== null) return customer.name
      if (point && point.kind !== 'anonymous' && point.display !== '') return point.display
      return point?.kind === 'anonymous' ? t('customer.withheld') : t('customer.unknown')
    },
    [t],
  )
}
