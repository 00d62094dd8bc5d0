export { BlobStoreError, type BlobStoreErrorCode, isBlobStoreError } from './blobs/blob-store-error.ts'
export { type Blob, type BlobStore, createBlobStore } from './blobs/create-blob-store.ts'
export {
  BundleError,
  type BundleErrorCode,
  type BundleErrorData,
  isBundleError,
} from './bundle/bundle-error.ts'
export type { Checkpoint } from './bundle/checkpoints.ts'
export { type Exported, type ExportOptions, exportBundle } from './bundle/export-bundle.ts'
export { type Imported, type ImportOptions, importBundle } from './bundle/import-bundle.ts'
export type { LogLoader } from './bundle/log-loader.ts'
export { openLogLoader } from './bundle/open-log-loader.ts'
export type { OnProgress, Progress } from './bundle/progress.ts'
export {
  type BundleFinding,
  type BundleVerified,
  verifyBundledLog,
} from './bundle/verify-bundled-log.ts'
export { decodedPages } from './codec/decoded-pages.ts'
export type * from './command-handling/command-handler.ts'
export { createCommandHandler } from './command-handling/create-command-handler.ts'
export type * from './event-store.ts'
export {
  EventStoreError,
  type EventStoreErrorData,
  type InvalidEventReason,
  isEventStoreError,
} from './event-store-error.ts'
export {
  createEventStoreDbEventStore,
  type EventStoreDbOptions,
} from './eventstoredb/create-eventstoredb-event-store.ts'
export * from './ids/index.ts'
export { type OpenEventStoreOptions, openEventStore } from './open-event-store.ts'
export { takeFields } from './privacy/fields-at.ts'
export { personalFieldsOf } from './privacy/personal-fields.ts'
export { type BackedUp, backupLog } from './sqlite/backup-log.ts'
export { createSqliteEventStore, type SqliteEventStoreOptions } from './sqlite/create-sqlite-event-store.ts'
export { eventTypes, isEventType, type LoggedEvent } from './upcasting/event-types.ts'
export * from './upcasting/upcasting.ts'
