import serverFeatures from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import features from '@eventstore/db-client/generated/serverfeatures_pb.js'
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js'
import type streams from '@eventstore/db-client/generated/streams_pb.js'
import {
  type handleBidiStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerWritableStream,
} from '@grpc/grpc-js'
import {
  appendedMessage,
  confirmationMessage,
  eventMessage,
  nameOf,
  notFoundMessage,
  notReadyMessage,
  placeOf,
  proposedOf,
} from './messages.ts'
import { createServerLog, type KeptEvent, type ServerLog } from './server-log.ts'

type ReadCall = ServerWritableStream<
  InstanceType<typeof streams.ReadReq>,
  InstanceType<typeof streams.ReadResp>
>
type BatchCall = ServerDuplexStream<
  InstanceType<typeof streams.BatchAppendReq>,
  InstanceType<typeof streams.BatchAppendResp>
>

/** What a server does instead of its duty. Functions are given the number of the call, from 1. */
export type Script = {
  /** `lost`: kept, but not answered. `ended`: the stream of appends ends with OK. A number: it fails with that gRPC code. */
  append?: (number: number) => 'silent' | 'lost' | 'ended' | 'notReady' | 'notLeader' | number | undefined
  features?: (number: number) => 'silent' | number | undefined
  /** `cut`: confirmed and ended with OK after the first event; a number: confirmed and failed with that code then. */
  subscribe?: (number: number) => 'silent' | 'cut' | 'notLeader' | number | undefined
  read?: (number: number) => 'silent' | number | undefined
  /** Subscriptions bring nothing while it is true, and what was held back with the next append. */
  holdsBack?: () => boolean
}

export type ScriptedServer = AsyncDisposable & {
  readonly port: number
  readonly url: string
  readonly log: ServerLog
  readonly calls: { append: number; features: number; subscribe: number; read: number }
  /** Whether each append stream, read and subscription asked for the leader. */
  readonly askedForLeader: boolean[]
  readonly openSubscriptions: () => number
}

export type ScriptedServerOptions = {
  readonly script?: Script
  /** Kept over a restart. Default: an empty one. */
  readonly log?: ServerLog
  /** Default: any free one. */
  readonly port?: number
  /** Streams on a connection; Kestrel's default is 100. */
  readonly maxStreams?: number
  /** Where it says that the leader is, for `notLeader`. */
  readonly leaderPort?: () => number
}

/** A server with a log in memory, which misbehaves as it is told. */
export const startScriptedServer = async (options: ScriptedServerOptions = {}): Promise<ScriptedServer> => {
  const { script = {}, log = createServerLog() } = options
  const calls = { append: 0, features: 0, subscribe: 0, read: 0 }
  const askedForLeader: boolean[] = []
  let openSubscriptions = 0
  const note = (metadata: Metadata): void =>
    void askedForLeader.push(metadata.get('requires-leader')[0] === 'true')

  const subscribe = (call: ReadCall, after: bigint): void => {
    calls.subscribe += 1
    const doing = script.subscribe?.(calls.subscribe)
    if (doing === 'notLeader') {
      call.emit('error', notLeader(options))
      return
    }
    openSubscriptions += 1
    let cursor = after
    const push = (): void => {
      while (!call.cancelled && script.holdsBack?.() !== true) {
        const [next] = following(log, cursor, 1)
        if (next === undefined) return
        cursor = next.place
        call.write(eventMessage(next))
        if (doing === undefined) continue
        if (typeof doing === 'number') fail(call, doing)
        else call.end()
        return
      }
    }
    if (doing !== 'silent') {
      call.write(confirmationMessage())
      push()
    }
    const forget = doing === 'silent' ? () => undefined : log.onAppended(push)
    call.on('cancelled', () => {
      forget()
      openSubscriptions -= 1
    })
  }

  const read: handleServerStreamingCall<
    InstanceType<typeof streams.ReadReq>,
    InstanceType<typeof streams.ReadResp>
  > = (call) => {
    note(call.metadata)
    const asked = call.request.getOptions()
    if (asked?.hasSubscription())
      return subscribe(call, BigInt(asked.getAll()?.getPosition()?.getCommitPosition() ?? 0))
    calls.read += 1
    const doing = script.read?.(calls.read)
    if (doing === 'silent') return
    if (typeof doing === 'number') return fail(call, doing)
    const stream = asked?.hasStream() ? nameOf(asked.getStream()?.getStreamIdentifier()) : null
    if (stream !== null && log.streamOf(stream).length === 0) call.write(notFoundMessage(stream))
    else for (const event of asked === undefined ? [] : eventsFor(log, asked)) call.write(eventMessage(event))
    call.end()
  }

  const batchAppend: handleBidiStreamingCall<
    InstanceType<typeof streams.BatchAppendReq>,
    InstanceType<typeof streams.BatchAppendResp>
  > = (call) => {
    note(call.metadata)
    const parts = new Map<string, InstanceType<typeof streams.BatchAppendReq>[]>()
    call.on('error', () => undefined)
    call.on('end', () => call.end())
    call.on('data', (request: InstanceType<typeof streams.BatchAppendReq>) => {
      const correlationId = request.getCorrelationId()?.getString() ?? ''
      const soFar = [...(parts.get(correlationId) ?? []), request]
      parts.set(correlationId, soFar)
      if (request.getIsFinal()) answer(call, soFar)
    })
  }

  const answer = (call: BatchCall, parts: readonly InstanceType<typeof streams.BatchAppendReq>[]): void => {
    calls.append += 1
    const correlationId = parts[0]?.getCorrelationId()
    const asked = parts[0]?.getOptions()
    const stream = nameOf(asked?.getStreamIdentifier())
    const keep = () =>
      log.append(stream, asked === undefined ? 'any' : placeOf(asked), parts.flatMap(proposedOf))
    const doing = script.append?.(calls.append)
    switch (doing) {
      case 'silent':
        return
      case 'lost':
        keep()
        return
      case 'ended':
        call.end()
        return
      case 'notReady':
        call.write(notReadyMessage(correlationId, stream))
        return
      case 'notLeader':
        call.emit('error', notLeader(options))
        return
      case undefined:
        call.write(appendedMessage(correlationId, stream, keep()))
        return
      default:
        call.emit('error', { code: doing, details: 'as the script says' })
    }
  }

  const server = new Server(
    options.maxStreams === undefined ? {} : { 'grpc.max_concurrent_streams': options.maxStreams },
  )
  const getSupportedMethods: handleUnaryCall<unknown, InstanceType<typeof features.SupportedMethods>> = (
    _call,
    answerWith,
  ) => {
    calls.features += 1
    const doing = script.features?.(calls.features)
    if (doing === 'silent') return
    if (doing === undefined) answerWith(null, supported())
    else answerWith({ code: doing, details: 'as the script says' })
  }
  const unimplemented: handleUnaryCall<unknown, never> = (_call, answerWith) => answerWith({ code: 12 })
  server.addService(serverFeatures.ServerFeaturesService, { getSupportedMethods })
  server.addService(streamsService.StreamsService, {
    read,
    batchAppend,
    append: unimplemented,
    delete: unimplemented,
    tombstone: unimplemented,
  })
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${options.port ?? 0}`, ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  )
  return {
    port,
    url: `esdb://127.0.0.1:${port}?tls=false`,
    log,
    calls,
    askedForLeader,
    openSubscriptions: () => openSubscriptions,
    [Symbol.asyncDispose]: async () => server.forceShutdown(),
  }
}

const fail = (call: ReadCall, code: number): void => {
  call.emit('error', { code, details: 'as the script says' })
}

const notLeader = ({ leaderPort }: ScriptedServerOptions) => {
  const metadata = new Metadata()
  metadata.set('exception', 'not-leader')
  metadata.set('leader-endpoint-host', '127.0.0.1')
  metadata.set('leader-endpoint-port', String(leaderPort?.() ?? 0))
  return { code: 5, details: 'Leader info available', metadata }
}

const supported = () => {
  const answer = new features.SupportedMethods()
  answer.setEventStoreServerVersion('23.10.8')
  for (const name of ['read', 'append', 'delete', 'tombstone', 'batchappend']) {
    const method = new features.SupportedMethod()
    method.setServiceName('event_store.client.streams.streams')
    method.setMethodName(name)
    answer.addMethods(method)
  }
  return answer
}

const following = (log: ServerLog, after: bigint, count: number): readonly KeptEvent[] =>
  log.all().slice(Number(after), Number(after) + count)

const eventsFor = (
  log: ServerLog,
  asked: InstanceType<typeof streams.ReadReq.Options>,
): readonly KeptEvent[] => {
  const count = Number(asked.getCount())
  const backwards = asked.getReadDirection() === 1
  if (asked.hasStream()) {
    const given = asked.getStream()
    const own = log.streamOf(nameOf(given?.getStreamIdentifier()))
    const from = given?.hasRevision() ? Number(given.getRevision()) : backwards ? own.length : 0
    return backwards
      ? own
          .slice(0, from + 1)
          .toReversed()
          .slice(0, count)
      : own.slice(from, from + count)
  }
  const all = asked.getAll()
  const position = all?.hasPosition() ? Number(all.getPosition()?.getCommitPosition() ?? 0) : null
  // Forwards the first event is the one at the position; backwards it is the one before.
  if (!backwards) return following(log, BigInt(Math.max((position ?? 1) - 1, 0)), count)
  return log
    .all()
    .slice(0, position === null ? log.all().length : Math.max(position - 1, 0))
    .toReversed()
    .slice(0, count)
}
