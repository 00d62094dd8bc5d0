/** Every error of the port carries a literal `code`; judge by it, never by the message. */
export type EventStoreErrorCode =
  | 'REVISION_CONFLICT'
  | 'EVENT_ID_REUSED'
  | 'INVALID_EVENT'
  | 'DISK_FULL'
  | 'READ_ONLY'
  | 'STORE_CLOSED'
  | 'STORE_UNAVAILABLE'
  | 'FOREIGN_FILE'
  | 'TOO_BUSY'
  | 'POSITION_AHEAD'
  | 'ADAPTER_MISSING'
