import type {
  CallId,
  FloorId,
  InteractionId,
  LegId,
  QueueId,
  QueueSettings,
  RecordedEvent,
} from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import type { StateFile } from '../reactors/state-file.ts'
import { emptyFold, foldIn, type LiveCall } from './fold.ts'
import { type DirectorySnapshot, fromSnapshot, takeSnapshot } from './snapshot.ts'

export type { LiveCall, LiveLeg } from './fold.ts'

/**
 * A small fold of the log in the hub's memory. It follows the log a moment behind the append, so whoever appends what
 * the next fact needs tells it with `note`.
 */
export type Directory = {
  queue(queueId: QueueId): QueueSettings | null
  queueIds(): readonly QueueId[]
  /** By the number dialled (E.164) or the address written to. */
  queueFor(entryPoint: string): { readonly queueId: QueueId; readonly settings: QueueSettings } | null
  lastFloorDay(floorId: FloorId): string | null
  /** Calls that have not ended, by what the log says. */
  liveCalls(): readonly LiveCall[]
  liveCall(callId: CallId): LiveCall | null
  callOfLeg(legId: LegId): LiveCall | null
  callOfInteraction(interactionId: InteractionId): LiveCall | null
  /** Events just appended, ahead of the log's own telling. */
  note(events: readonly { readonly type: string; readonly data: unknown }[]): void
  /** An event as the log tells it, in order; one already folded in is passed over. */
  follow(event: RecordedEvent): void
  saveSnapshot(): Promise<void>
}

/**
 * Opens the directory at the end of the log: from its snapshot and what came after, or from the log's beginning. Queues
 * that share an entry point: the one defined or changed last has it.
 */
export const openDirectory = async (
  store: EventStore,
  snapshotFile: StateFile<DirectorySnapshot>,
): Promise<Directory> => {
  const snapshot = await snapshotFile.load()
  const fold = snapshot === null ? emptyFold() : fromSnapshot(snapshot)
  let position = snapshot?.position ?? null
  let saved = position

  const follow = (event: RecordedEvent) => {
    if (position !== null && event.position <= position) return
    position = event.position
    foldIn(fold, event)
  }
  for await (const event of store.readAll(position === null ? {} : { from: position })) follow(event)

  const call = (callId: CallId | undefined) =>
    callId === undefined ? null : (fold.calls.get(callId) ?? null)

  return {
    queue: (queueId) => fold.queues.get(queueId) ?? null,
    queueIds: () => [...fold.queues.keys()],
    queueFor: (entryPoint) => {
      const queueId = fold.entryPoints.get(entryPoint.toLowerCase())
      const settings = queueId === undefined ? undefined : fold.queues.get(queueId)
      return queueId === undefined || settings === undefined ? null : { queueId, settings }
    },
    lastFloorDay: (floorId) => fold.floorDays.get(floorId) ?? null,
    liveCalls: () => [...fold.calls.values()],
    liveCall: call,
    callOfLeg: (legId) => call(fold.callOfLeg.get(legId)),
    callOfInteraction: (interactionId) => call(fold.callOfInteraction.get(interactionId)),
    note: (events) => {
      for (const event of events) foldIn(fold, event)
    },
    follow,
    saveSnapshot: async () => {
      if (position === null || position === saved) return
      saved = position
      await snapshotFile.save(takeSnapshot(fold, position))
    },
  }
}
