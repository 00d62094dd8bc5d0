import { createHash } from 'node:crypto'
import { unreachable } from '@centralino/domain/kernel'
import type { Endpoint } from '../../endpoint.ts'
import type { SipCounters } from '../counters.ts'
import { type Header, header } from '../message/headers.ts'
import type { MessageLimits } from '../message/limits.ts'
import type { AnswerableRequest, MalformedMessage } from '../message/malformed.ts'
import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts'
import { parseMessage } from '../message/parser.ts'
import { createStatelessRefusal } from '../message/response.ts'
import { serializeMessage } from '../message/serializer.ts'
import { createVia, type Via, withSource } from '../message/via.ts'
import { responseDestination } from './response-destination.ts'
import { defaultPort, type Flow, type SipProtocol, type SipTransport } from './sip-transport.ts'

export type MessageTransport = {
  /** What a URI that names no transport is sent over. */
  readonly defaultProtocol: SipProtocol
  carries(protocol: SipProtocol): boolean
  /** Ours, as others reach us: Via's sent-by. */
  via(branch: string, protocol?: SipProtocol): Via
  /** Whether the flow's connection still stands. */
  isOpen(flow: Flow): boolean
  sendRequest(request: SipRequest, to: Flow, onFailure: (error: Error) => void): void
  sendResponse(response: SipResponse, source: Flow, onFailure: (error: Error) => void): void
  /** Refuses without any state (§8.2.7). */
  refuse(request: SipRequest, source: Flow, status: number, headers?: readonly Header[]): void
}

export type MessageTransportListener = {
  onRequest(request: SipRequest, source: Flow): void
  onResponse(response: SipResponse, source: Flow): void
  onMalformed?(malformed: MalformedMessage): void
  onError(error: Error): void
}

/** A transport, and how others reach it: what its Vias say. */
export type Carrier = { readonly transport: SipTransport; readonly sentBy: Endpoint }

export type MessageTransportOptions = {
  /** One for each protocol; the first is the default. */
  readonly carriers: readonly [Carrier, ...Carrier[]]
  readonly limits: MessageLimits
  readonly counters: SipCounters
  readonly listener: MessageTransportListener
}

/** The transport layer (§18): bytes to messages and back, Via's `received` and `rport`, and what gets no message. */
export const createMessageTransport = (options: MessageTransportOptions): MessageTransport => {
  const { carriers, limits, counters, listener } = options
  const [primary] = carriers
  const carrierOf = (protocol: SipProtocol): Carrier | undefined =>
    carriers.find(({ transport }) => transport.protocol === protocol)

  const onMessage = (bytes: Uint8Array, source: Flow): void => {
    const parsed = parseMessage(bytes, limits, source.protocol === 'UDP' ? 'datagram' : 'stream')
    switch (parsed.outcome) {
      case 'keepAlive':
        counters.count('sip.keepAlive')
        return
      case 'malformed':
        onMalformed(parsed.malformed, source)
        return
      case 'message':
        onParsed(parsed.message, source)
        return
      default:
        unreachable(parsed)
    }
  }

  const onParsed = (message: SipMessage, source: Flow): void => {
    const [top, ...below] = message.vias
    if (top === undefined) return
    if (message.kind === 'request') {
      if (top.parameters.has('alias') && source.connection !== undefined) {
        // RFC 5923 §8.1: under the source's own address, whatever sent-by says of it.
        const as = { address: source.address, port: top.port ?? defaultPort(source.protocol) }
        carrierOf(source.protocol)?.transport.alias?.(source.connection, as)
      }
      listener.onRequest({ ...message, vias: [withSource(top, source), ...below] }, source)
      return
    }
    // §18.1.2: "If the value of the "sent-by" parameter … does not correspond to a value that the client transport is
    // configured to insert into requests, the response MUST be silently discarded."
    // §8.1.3.3: more than one Via: it was not for us.
    if (below.length > 0 || !isOurs(top, source.protocol)) {
      counters.count('sip.responseStray')
      return
    }
    listener.onResponse(message, source)
  }

  const isOurs = (via: Via, protocol: SipProtocol): boolean => {
    const sentBy = carrierOf(protocol)?.sentBy
    return bare(via.host) === sentBy?.address && (via.port ?? defaultPort(protocol)) === sentBy.port
  }

  const send = (bytes: Uint8Array, flow: Flow, onFailure?: (error: Error) => void): void => {
    const { protocol, ...remote } = flow
    const carrier = carrierOf(protocol)
    if (carrier === undefined) onFailure?.(new Error(`nothing here speaks ${protocol}`))
    else carrier.transport.send(bytes, remote, onFailure)
  }

  const onMalformed = (malformed: MalformedMessage, source: Flow): void => {
    counters.count(malformed.code === 'TOO_LARGE' ? 'sip.oversized' : 'sip.malformed')
    listener.onMalformed?.(malformed)
    if (malformed.answerable === null) return
    counters.count('sip.malformedAnswered')
    sendRefusal(malformed.answerable, source, malformed.status, [])
  }

  const sendRefusal = (
    request: AnswerableRequest,
    source: Flow,
    status: number,
    headers: readonly Header[],
  ): void => {
    const [top, ...below] = request.vias
    // A broken Via goes back as it came: there is nothing in it to note the source in.
    const noted = top.parameters.size === 0 && top.raw.includes(';') ? top : withSource(top, source)
    const answer = createStatelessRefusal(
      { ...request, vias: [noted, ...below] },
      status,
      statelessTag(request),
      headers,
    )
    send(answer, responseDestination(top, source))
  }

  for (const { transport } of carriers) {
    const { protocol } = transport
    transport.listen({
      onMessage: (bytes, from) => onMessage(bytes, { ...from, protocol }),
      onError: (error) => listener.onError(error),
    })
  }

  return {
    defaultProtocol: primary.transport.protocol,
    carries: (protocol) => carrierOf(protocol) !== undefined,
    via: (branch, protocol = primary.transport.protocol) => {
      const { sentBy } = carrierOf(protocol) ?? primary
      return createVia(protocol, sentBy.address, sentBy.port, branch)
    },
    isOpen: ({ protocol, connection }) =>
      connection !== undefined && carrierOf(protocol)?.transport.isOpen?.(connection) === true,
    sendRequest: (request, to, onFailure) => send(serializeMessage(request), to, onFailure),
    sendResponse: (response, source, onFailure) => {
      const top = response.vias[0]
      if (top === undefined) return
      send(serializeMessage(response), responseDestination(top, source), onFailure)
    },
    refuse: (request, source, status, headers = []) => {
      const [top, ...below] = request.vias
      if (top === undefined) return
      const raw = (key: string): string | null => request.headers.find((h) => h.key === key)?.value ?? null
      sendRefusal(
        {
          vias: [top, ...below],
          from: raw('from'),
          to: raw('to'),
          callId: request.callId,
          cseq: raw('cseq'),
        },
        source,
        status,
        headers,
      )
    },
  }
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '')

/** §8.2.7: a stateless UAS answers each retransmission with the same To tag. */
const statelessTag = (request: AnswerableRequest): string =>
  createHash('sha256')
    .update([request.vias[0].raw, request.from, request.callId, request.cseq].join('\n'))
    .digest('hex')
    .slice(0, 16)

/** §20.33: when a refused caller may come back, in whole seconds. */
export const retryAfter = (seconds: number): Header => header('Retry-After', String(seconds))
