import type { CallId } from '../kernel/ids.ts'

/** The stream that holds this call. */
export const callStream = (callId: CallId): string => `call-${callId}`
