import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { type CountryCode, type FloorId, handlingOnFloor, threadStream } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import type { VoiceEdge } from '@centralino/telephony/edge-contract'
import { z } from 'zod'
import { createVoiceChannel, type Recording, type VoiceChannel } from './channels/voice/voice-channel.ts'
import { type CommandHandlers, createCommandHandlers } from './commands/command-handlers.ts'
import { createDeskActions, type DeskRooms } from './desk/create-desk-actions.ts'
import type { DeskActions } from './desk/desk-actions.ts'
import { type Directory, openDirectory } from './directory/directory.ts'
import { type DirectorySnapshot, directorySnapshot } from './directory/snapshot.ts'
import { createFloorService, type FloorService } from './floor/floor-service.ts'
import { createPresence } from './floor/presence.ts'
import { createIdentification, type Identification } from './identification/identification.ts'
import type { Log } from './observability/logger.ts'
import type { Notices } from './observability/notices.ts'
import { laneOfJourney, takeStep } from './reactors/journey.ts'
import { createReactor, type ReactionFailure } from './reactors/reactor.ts'
import { type StateFile, stateFile } from './reactors/state-file.ts'
import { unsentReplyIn } from './reactors/unsent-reply.ts'
import { type Clock, systemClock } from './time/clock.ts'
import { type AgentLines, createAgentLines } from './websocket/agent-lines.ts'

/** What outlives the process beside the log; all of it can be made again from the log. */
export type OperationsState = {
  readonly directory: StateFile<DirectorySnapshot>
  readonly journey: StateFile<string>
  readonly voice: StateFile<string>
}

/** Keeps them in the data folder's `reactors/`. */
export const operationsState = (dataDir: string): OperationsState => ({
  directory: stateFile(join(dataDir, 'reactors', 'directory.json'), directorySnapshot),
  journey: stateFile(join(dataDir, 'reactors', 'journey.json'), z.string()),
  voice: stateFile(join(dataDir, 'reactors', 'voice.json'), z.string()),
})

export type OperationsOptions = {
  readonly store: EventStore
  readonly edge: VoiceEdge
  /** Default: everything can be written down at any time. */
  readonly recording?: Recording
  readonly state: OperationsState
  readonly floorId: FloorId
  readonly timeZone: string
  /** Whose national numbers are meant by digits without a country code. */
  readonly defaultCountry: CountryCode
  readonly notices: Pick<Notices, 'report'>
  readonly log: Pick<Log, 'debug' | 'info' | 'warn' | 'error'>
  readonly clock?: Clock
  readonly drawSeed?: () => number
  /** Default 500 ms. */
  readonly checkpointEveryMilliseconds?: number
}

/** The parts that run the floor, wired together: who calls, who answers, what follows from what. */
export type Operations = AsyncDisposable & {
  readonly handlers: CommandHandlers
  readonly directory: Directory
  readonly identification: Identification
  readonly floor: FloorService
  readonly lines: AgentLines
  readonly voice: VoiceChannel
  readonly desk: DeskActions
  /** The e-mail channel's answer to `desk.reply`; until it is plugged in, replies are refused. */
  plugReply(reply: DeskActions['reply']): void
  start(): Promise<void>
  /** Resolves when everything that follows from the log so far has been done. */
  settled(): Promise<void>
  /** Rejects when the log can be followed no longer: the hub must stop. */
  readonly ended: Promise<void>
}

const SNAPSHOT_MILLISECONDS = 30_000
/** What a stopping hub waits for the consequences of its last events; what is left is done at the next start. */
const LAST_WORK_MILLISECONDS = 2_000

export const createOperations = async (options: OperationsOptions): Promise<Operations> => {
  const { store, edge, state, floorId, timeZone, defaultCountry, notices, log } = options
  const clock = options.clock ?? systemClock
  const checkpointEveryMilliseconds = options.checkpointEveryMilliseconds ?? 500
  const failed = (code: string, message: string) => (error: unknown) => {
    notices.report(code)
    log.error({ error }, message)
  }
  const onReactionFailure = (failure: ReactionFailure) => {
    const { error, ...facts } = failure
    log.warn({ error, ...facts }, 'a reaction failed')
    if (failure.givenUp) notices.report('REACTION_GIVEN_UP', { event: failure.eventType })
  }

  const handlers = createCommandHandlers(store)
  const directory = await openDirectory(store, state.directory)
  const identification = createIdentification(handlers)
  const floor = createFloorService({
    store,
    floorId,
    timeZone,
    clock,
    directory,
    drawSeed: options.drawSeed ?? (() => randomInt(2 ** 32)),
    onFailure: failed('FLOOR_FAILED', 'the floor could not go on; tried again in a second'),
  })
  const lines = createAgentLines({
    inCall: (agentId) =>
      handlingOnFloor(floor.state()).some(
        (handling) => handling.agentId === agentId && handling.work.channel === 'call',
      ),
    onListenerFailure: failed('LINE_LISTENER_FAILED', 'a listener to the lines failed'),
  })
  const voice = createVoiceChannel({
    store,
    edge,
    recording: options.recording ?? { isWritable: () => true, onChange: () => () => undefined },
    checkpoint: state.voice,
    checkpointEveryMilliseconds,
    handlers,
    directory,
    identification,
    floor,
    lines,
    clock,
    notices,
    log,
    defaultCountry,
    onReactionFailure,
  })
  const presence = createPresence({
    floor,
    lines,
    clock,
    callLost: (agentId) => voice.agentLost(agentId),
    onFailure: failed('PRESENCE_FAILED', 'an absent agent could not be taken off'),
  })
  const unsentReply = unsentReplyIn(store)
  const journey = createReactor({
    name: 'journey',
    store,
    checkpoint: state.journey,
    checkpointEveryMilliseconds,
    clock,
    onSeen: directory.follow,
    laneOf: laneOfJourney,
    react: (event) => takeStep({ handlers, floor, identification, unsentReply, log }, event),
    onFailure: onReactionFailure,
  })
  let reply: DeskActions['reply'] | null = null
  const desk = createDeskActions({
    handlers,
    floor,
    directory,
    presence,
    clock,
    wasAnswered: wasAnswered(store),
    reply: () => reply,
  })
  let snapshots: NodeJS.Timeout | undefined
  let started = false

  const head = async (): Promise<string | null> => {
    for await (const event of store.readAll({ direction: 'backwards', limit: 1 })) return event.position
    return null
  }

  const settled = async (): Promise<void> => {
    for (let before = await head(); before !== null; ) {
      await Promise.all([presence.idle(), voice.idle(), floor.idle()])
      await Promise.all([journey.settled(before), voice.reactor.settled(before)])
      await floor.idle()
      const after = await head()
      if (after === before) return
      before = after
    }
  }

  return {
    handlers,
    directory,
    identification,
    floor,
    lines,
    voice,
    desk,
    plugReply: (given) => {
      reply = given
    },
    start: async () => {
      started = true
      presence.start()
      await floor.start()
      await journey.start()
      await voice.start()
      const snapshotFailed = failed(
        'SNAPSHOT_NOT_SAVED',
        'the directory was not saved; a start will take longer',
      )
      snapshots = setInterval(
        () => void directory.saveSnapshot().catch(snapshotFailed),
        SNAPSHOT_MILLISECONDS,
      )
      snapshots.unref()
    },
    settled,
    ended: Promise.race([journey.ended, voice.reactor.ended]),
    [Symbol.asyncDispose]: async () => {
      clearInterval(snapshots)
      presence.stop()
      await presence.idle()
      // Calls that the edge ended while it shut down: their interactions end in this life yet, where it is quick.
      const { promise: enough, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, LAST_WORK_MILLISECONDS)
      // What fails now was told where it failed; the log has what the next start needs.
      if (started) await Promise.race([settled().catch(() => {}), enough])
      clearTimeout(timer)
      await voice[Symbol.asyncDispose]()
      await journey[Symbol.asyncDispose]()
      await floor[Symbol.asyncDispose]()
      await directory.saveSnapshot()
    },
  }
}

/** The newest of the thread are looked at first; an answer further back than 1,000 events is not of this interaction. */
const wasAnswered =
  (store: EventStore): DeskRooms['wasAnswered'] =>
  async (threadId, interactionId) => {
    const newest = store.readStream(threadStream(threadId), { direction: 'backwards', limit: 1_000 })
    for await (const { type, data } of newest) {
      const of = (data as { interactionId?: string }).interactionId
      if (type === 'ReplySubmitted' && of === interactionId) return true
    }
    return false
  }
