import type { EventId } from '@centralino/domain'
import { uuidv5 } from '../ids/uuidv5.ts'
import { uuidv7 } from '../ids/uuidv7.ts'

/** The id of a command's n-th event: derived from its cause where that makes it safe to repeat, fresh otherwise. */
export const eventIdOf = (idempotencyKey: string | undefined, stream: string, index: number): EventId =>
  idempotencyKey === undefined ? uuidv7() : uuidv5(JSON.stringify([idempotencyKey, stream, index]))
