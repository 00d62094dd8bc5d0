'use client'

import { useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { Skeleton } from '../../ui/skeleton.tsx'
import { CustomerList } from './customer-list.tsx'
import { CustomerSheet } from './customer-sheet.tsx'

/** All customers, or one of them (`?id=`): a static export has no path for each. */
export function Customers() {
  return (
    <Suspense fallback={<Skeleton />}>
      <ListOrOne />
    </Suspense>
  )
}

function ListOrOne() {
  const id = useSearchParams().get('id')
  return id === null ? <CustomerList /> : <CustomerSheet key={id} customerId={id} />
}
