import type { RecordedEvent } from '@centralino/domain'

/** Brings an event as stored to today's shape of its type. */
export type Upcast = (event: RecordedEvent) => RecordedEvent

/** One step: the data of version n to the data of version n + 1. Pure; the event gives what the data lacks. */
export type Upcaster = (data: unknown, event: RecordedEvent) => unknown

/** By event type, then by the version it starts from: `{ CallReceived: { 1: (data) => … } }` leads from 1 to 2. */
export type Upcasters = Readonly<Record<string, Readonly<Record<number, Upcaster>>>>

export type EventTypeRegistry = {
  /** Version that events of this type are written with; 1 for a type that nobody registered. */
  readonly currentVersion: (type: string) => number
  readonly upcast: Upcast
}

/**
 * A registry of event types. Reading an old version runs its steps one after another; an unknown type, and a version
 * later than ours, are kept as they are. Throws at once when a step between two versions is missing, so that this shows
 * at start and not on the first old event.
 */
export const createEventTypeRegistry = (
  currentVersions: Readonly<Record<string, number>>,
  upcasters: Upcasters,
): EventTypeRegistry => {
  const versions = new Map(Object.entries(currentVersions))
  for (const [type, current] of versions) {
    for (let version = 1; version < current; version += 1) {
      if (upcasters[type]?.[version] === undefined) {
        throw new Error(`no upcaster leads ${type} from version ${version} to ${version + 1}`)
      }
    }
  }
  return {
    currentVersion: (type) => versions.get(type) ?? 1,
    upcast: (event) => {
      const current = versions.get(event.type)
      if (current === undefined || event.schemaVersion >= current) return event
      let data = event.data
      for (let version = event.schemaVersion; version < current; version += 1) {
        data = upcasters[event.type]?.[version]?.(data, event)
      }
      return { ...event, data, schemaVersion: current }
    },
  }
}
