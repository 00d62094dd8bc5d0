import shared from '@eventstore/db-client/generated/shared_pb.js'
import status from '@eventstore/db-client/generated/status_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import any from 'google-protobuf/google/protobuf/any_pb.js'
import type { AppendAnswer, KeptEvent, ProposedEvent, ProposedPlace } from './server-log.ts'

/** The server's messages, on the stubs that the client's package brings. */

export const nameOf = (identifier: InstanceType<typeof shared.StreamIdentifier> | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8')

export const proposedOf = (request: InstanceType<typeof streams.BatchAppendReq>): ProposedEvent[] =>
  request.getProposedMessagesList().map((message) => ({
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }))

export const placeOf = (options: InstanceType<typeof streams.BatchAppendReq.Options>): ProposedPlace => {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition())
  return options.hasNoStream() ? 'noStream' : 'any'
}

export const appendedMessage = (
  correlationId: InstanceType<typeof shared.UUID> | undefined,
  stream: string,
  answer: AppendAnswer,
) => {
  const response = batchResponse(correlationId, stream)
  if (answer.outcome === 'conflict') {
    const conflict = new shared.WrongExpectedVersion()
    if (answer.current === null) conflict.setCurrentNoStream(new shared.Empty())
    else conflict.setCurrentStreamRevision(String(answer.current))
    response.setError(errorStatus('WrongExpectedVersion', conflict.serializeBinary()))
    return response
  }
  const success = new streams.BatchAppendResp.Success()
  success.setCurrentRevision(String(answer.revision))
  const position = new shared.AllStreamPosition()
  position.setCommitPosition(String(answer.place))
  position.setPreparePosition(String(answer.place))
  success.setPosition(position)
  response.setSuccess(success)
  return response
}

/** What a server says that has no leader yet: "Server Is Not Ready". */
export const notReadyMessage = (
  correlationId: InstanceType<typeof shared.UUID> | undefined,
  stream: string,
) => {
  const response = batchResponse(correlationId, stream)
  const error = errorStatus('Unknown', new shared.Unknown().serializeBinary())
  error.setMessage('Server Is Not Ready')
  response.setError(error)
  return response
}

const batchResponse = (correlationId: InstanceType<typeof shared.UUID> | undefined, stream: string) => {
  const response = new streams.BatchAppendResp()
  response.setCorrelationId(correlationId)
  response.setStreamIdentifier(identifierOf(stream))
  return response
}

const errorStatus = (name: string, bytes: Uint8Array) => {
  const details = new any.Any()
  details.pack(bytes, `event_store.client.${name}`)
  const error = new status.Status()
  error.setDetails(details)
  return error
}

const identifierOf = (stream: string) => {
  const identifier = new shared.StreamIdentifier()
  identifier.setStreamName(Buffer.from(stream))
  return identifier
}

/** 2026-11-24T05:20:43.123Z in the server's ticks of 100 ns since 1970. */
const CREATED = '17953932431230000'

export const eventMessage = (event: KeptEvent) => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
  const id = new shared.UUID()
  id.setString(event.id)
  recorded.setId(id)
  recorded.setStreamIdentifier(identifierOf(event.stream))
  recorded.setStreamRevision(String(event.revision))
  recorded.setCommitPosition(String(event.place))
  recorded.setPreparePosition(String(event.place))
  recorded.getMetadataMap().set('type', event.type)
  recorded.getMetadataMap().set('content-type', event.contentType)
  recorded.getMetadataMap().set('created', CREATED)
  recorded.setData(event.data)
  recorded.setCustomMetadata(event.metadata)
  const read = new streams.ReadResp.ReadEvent()
  read.setEvent(recorded)
  read.setCommitPosition(String(event.place))
  const response = new streams.ReadResp()
  response.setEvent(read)
  return response
}

export const confirmationMessage = () => {
  const response = new streams.ReadResp()
  const confirmation = new streams.ReadResp.SubscriptionConfirmation()
  confirmation.setSubscriptionId('00000000-0000-4000-8000-000000000000')
  response.setConfirmation(confirmation)
  return response
}

export const notFoundMessage = (stream: string) => {
  const response = new streams.ReadResp()
  const notFound = new streams.ReadResp.StreamNotFound()
  notFound.setStreamIdentifier(identifierOf(stream))
  response.setStreamNotFound(notFound)
  return response
}
