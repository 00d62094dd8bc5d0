/** An event as adapters store it: the JSON is ours, written once, so that every store keeps the same bytes. */
export type EncodedEvent = {
  readonly id: string
  readonly type: string
  readonly schemaVersion: number
  readonly data: string
  readonly metadata: string
}

/** Where and when the store put it. `revision` and `position` count from the store's own beginning. */
export type Placement = {
  readonly stream: string
  readonly revision: bigint
  readonly position: string
  /** Milliseconds since 1970 by the store's clock. */
  readonly recordedAt: number
}

/** An event as a store keeps it: the bytes that were appended, and where they lie. */
export type StoredEvent = { readonly encoded: EncodedEvent; readonly placement: Placement }
