import type { CustomerId } from '../kernel/ids.ts'

/** The stream that holds this customer. */
export const customerStream = (customerId: CustomerId): string => `customer-${customerId}`
