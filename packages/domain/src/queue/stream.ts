import type { QueueId } from '../kernel/ids.ts'

/** The stream that holds this queue. */
export const queueStream = (queueId: QueueId): string => `queue-${queueId}`
