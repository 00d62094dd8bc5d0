export { type TemporaryEventStore, temporaryEventStore } from './temporary-event-store.ts'
