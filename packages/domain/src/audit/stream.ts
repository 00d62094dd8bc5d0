import type { ReplayId } from '../kernel/ids.ts'

/** The stream that holds what was looked at in this replay. */
export const auditStream = (replayId: ReplayId): string => `audit-${replayId}`
