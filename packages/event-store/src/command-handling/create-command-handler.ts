import { setTimeout as delay } from 'node:timers/promises'
import type { DomainEvent, NewEvent, RecordedEvent, Refusal } from '@centralino/domain'
import { isEventStoreError } from '../event-store-error.ts'
import { eventTypes } from '../upcasting/event-types.ts'
import type { CommandContext, CommandHandler, CommandHandlerOptions, Handled } from './command-handler.ts'
import { eventIdOf } from './command-ids.ts'
import { eventMetadata } from './event-metadata.ts'
import { createFoldedStreams, type Folded } from './folded-streams.ts'
import { oneAtATimeOn } from './one-at-a-time.ts'

const CACHED_STREAMS = 1_000
const MAX_ATTEMPTS = 10
/** Longest pause before the n-th attempt: 2 ms doubled with each, so that processes on one stream do not march in step. */
const PAUSE_MILLISECONDS = 2
const LONGEST_PAUSE_MILLISECONDS = 100

/**
 * Loads a stream, decides, appends with the expected revision, and begins anew on a revision conflict only (ten times,
 * then the conflict is thrown, as every other error of the store is).
 *
 * Commands on one stream run one after another in a process; a conflict comes from what another process appended, or
 * another handler since this one's last look. A refusal is given, and "nothing to do" is believed, only from a state
 * just read from the log.
 *
 * With an idempotency key a repeated command is answered with the events it appended the first time, whatever the
 * stream's state has become since, and even when the decider now refuses because it was done already.
 */
export const createCommandHandler = <C, E extends DomainEvent, S, R extends Refusal>(
  options: CommandHandlerOptions<C, E, S, R>,
): CommandHandler<C, E, S, R> => {
  const { store, decider, streamOf } = options
  const folded = createFoldedStreams<S>(options.cachedStreams ?? CACHED_STREAMS)
  const oneAtATime = oneAtATimeOn(store)
  const versions: Readonly<Record<string, number | undefined>> = options.schemaVersions ?? {}

  /** The stream's state now: what is cached, and what came after. */
  const load = async (stream: string): Promise<Folded<S>> => {
    let { state, revision } = folded.get(stream) ?? { state: decider.initialState, revision: null }
    const from = revision === null ? 0n : revision + 1n
    for await (const event of store.readStream(stream, { from })) {
      state = decider.evolve(state, event as RecordedEvent<E>)
      revision = event.revision
    }
    const loaded = { state, revision }
    folded.set(stream, loaded)
    return loaded
  }

  /** What this command appended the first time; null when it never did. */
  const firstAnswer = async (stream: string, key: string | undefined): Promise<Handled<E, R> | null> => {
    if (key === undefined) return null
    const first = await store.eventById(eventIdOf(key, stream, 0))
    if (first === null || first.stream !== stream) return null
    const events: NewEvent<E>[] = []
    for await (const event of store.readStream(stream, { from: first.revision })) {
      if (event.id !== eventIdOf(key, stream, events.length)) break
      events.push(asAppended<E>(event))
    }
    return { outcome: 'accepted', events, revision: (await load(stream)).revision }
  }

  const toNewEvents = (events: readonly E[], stream: string, command: C, context: CommandContext) =>
    events.map(
      (event, index): NewEvent<E> => ({
        ...event,
        id: eventIdOf(context.idempotencyKey, stream, index),
        schemaVersion: versions[event.type] ?? eventTypes.currentVersion(event.type),
        metadata: eventMetadata(event, command, context),
      }),
    )

  /** Null: the stream had moved on, and the next attempt has to start from the log. */
  const attempt = async (
    stream: string,
    command: C,
    context: CommandContext,
    conflictIsFinal: boolean,
  ): Promise<Handled<E, R> | null> => {
    const cached = folded.get(stream)
    let from = cached ?? (await load(stream))
    let decision = decider.decide(command, from.state)
    if (cached !== undefined && (decision.outcome === 'refused' || decision.events.length === 0)) {
      from = await load(stream)
      if (from.revision !== cached.revision) decision = decider.decide(command, from.state)
    }
    if (decision.outcome === 'refused' || decision.events.length === 0) {
      const answered = await firstAnswer(stream, context.idempotencyKey)
      if (answered !== null) return answered
      if (decision.outcome === 'refused') return { outcome: 'refused', refusal: decision.refusal }
      return { outcome: 'accepted', events: [], revision: from.revision }
    }
    const events = toNewEvents(decision.events, stream, command, context)
    try {
      const { revision } = await store.append(stream, from.revision ?? 'noStream', events)
      const expected = (from.revision ?? -1n) + BigInt(events.length)
      // The store knew these ids: it gave the first answer, which stands further back in the stream.
      if (revision !== expected) {
        const answered = await firstAnswer(stream, context.idempotencyKey)
        if (answered === null) throw new Error('the store answered with an append that is not in it')
        return answered
      }
      folded.set(stream, { state: events.reduce<S>(decider.evolve, from.state), revision })
      return { outcome: 'accepted', events, revision }
    } catch (error) {
      if (isEventStoreError(error, 'EVENT_ID_REUSED')) {
        // Decided anew it came to other events than the first time; the first time counts.
        const answered = await firstAnswer(stream, context.idempotencyKey)
        if (answered !== null) return answered
      }
      if (isEventStoreError(error, 'REVISION_CONFLICT') && !conflictIsFinal) {
        await load(stream)
        return null
      }
      // Whether it was appended may be unknown now: what is cached is no ground to decide on.
      folded.forget(stream)
      throw error
    }
  }

  return {
    handle: (command, context) => {
      const stream = streamOf(command)
      return oneAtATime(stream, async () => {
        for (let number = 1; ; number += 1) {
          const handled = await attempt(stream, command, context, number >= MAX_ATTEMPTS)
          if (handled !== null) return handled
          if (number > 1) await delay(pauseMilliseconds(number))
        }
      })
    },
    state: async (stream) => (await oneAtATime(stream, () => load(stream))).state,
  }
}

const pauseMilliseconds = (attempts: number): number =>
  Math.random() * Math.min(PAUSE_MILLISECONDS * 2 ** attempts, LONGEST_PAUSE_MILLISECONDS)

const asAppended = <E extends DomainEvent>(recorded: RecordedEvent): NewEvent<E> => {
  const {
    stream: _stream,
    revision: _revision,
    position: _position,
    recordedAt: _recordedAt,
    ...event
  } = recorded
  return event as NewEvent<DomainEvent> as NewEvent<E>
}
