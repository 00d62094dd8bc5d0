export { canMount, mountSmallDisk, type SmallDisk } from './small-disk.ts'
export { type TemporaryEventStore, temporaryEventStore } from './temporary-event-store.ts'
