import type { ThreadId } from '../kernel/ids.ts'

/** The stream that holds this correspondence. */
export const threadStream = (threadId: ThreadId): string => `thread-${threadId}`

/** The stream that says which thread a Message-ID belongs to; `hash` is the first 32 hex digits of its SHA-256. */
export const mailMessageStream = (hash: string): string => `mailMessage-${hash}`
