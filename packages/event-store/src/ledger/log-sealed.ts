import type { DomainEvent } from '@centralino/domain'

/** The stream that the notary alone writes. */
export const LEDGER_STREAM = 'ledger'

/** Up to here the log was this: a signed checkpoint over its first `size` events. */
export type LogSealed = DomainEvent<
  'LogSealed',
  {
    /** Events sealed, from the log's first. */
    readonly size: number
    /** The signed note, with the tree's root. */
    readonly checkpoint: string
    /** Whose signature it is; an auditor who was given the key elsewhere need not believe it. */
    readonly verifierKey: string
  }
>
