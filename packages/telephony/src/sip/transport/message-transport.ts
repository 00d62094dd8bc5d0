import { createHash } from 'node:crypto'
import { unreachable } from '@centralino/domain/kernel'
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
import type { Endpoint, SipTransport } from './sip-transport.ts'

export type MessageTransport = {
  readonly reliable: boolean
  /** Ours, as others reach us: Via's sent-by. */
  via(branch: string): Via
  sendRequest(request: SipRequest, to: Endpoint, onFailure: (error: Error) => void): void
  sendResponse(response: SipResponse, source: Endpoint, onFailure: (error: Error) => void): void
  /** Refuses without any state (§8.2.7). */
  refuse(request: SipRequest, source: Endpoint, status: number, headers?: readonly Header[]): void
}

export type MessageTransportListener = {
  onRequest(request: SipRequest, source: Endpoint): void
  onResponse(response: SipResponse, source: Endpoint): void
  onMalformed?(malformed: MalformedMessage): void
  onError(error: Error): void
}

export type MessageTransportOptions = {
  readonly transport: SipTransport
  readonly sentBy: Endpoint
  readonly limits: MessageLimits
  readonly counters: SipCounters
  readonly listener: MessageTransportListener
}

/** The transport layer (§18): bytes to messages and back, Via's `received` and `rport`, and what gets no message. */
export const createMessageTransport = (options: MessageTransportOptions): MessageTransport => {
  const { transport, sentBy, limits, counters, listener } = options

  const onMessage = (bytes: Uint8Array, source: Endpoint): void => {
    const parsed = parseMessage(bytes, limits)
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

  const onParsed = (message: SipMessage, source: Endpoint): void => {
    const [top, ...below] = message.vias
    if (top === undefined) return
    if (message.kind === 'request') {
      listener.onRequest({ ...message, vias: [withSource(top, source), ...below] }, source)
      return
    }
    // §18.1.2: "If the value of the "sent-by" parameter … does not correspond to a value that the client transport is
    // configured to insert into requests, the response MUST be silently discarded."
    // §8.1.3.3: more than one Via: it was not for us.
    if (below.length > 0 || bare(top.host) !== sentBy.address || (top.port ?? 5060) !== sentBy.port) {
      counters.count('sip.responseStray')
      return
    }
    listener.onResponse(message, source)
  }

  const onMalformed = (malformed: MalformedMessage, source: Endpoint): void => {
    counters.count(malformed.code === 'TOO_LARGE' ? 'sip.oversized' : 'sip.malformed')
    listener.onMalformed?.(malformed)
    if (malformed.answerable === null) return
    counters.count('sip.malformedAnswered')
    sendRefusal(malformed.answerable, source, malformed.status, [])
  }

  const sendRefusal = (
    request: AnswerableRequest,
    source: Endpoint,
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
    transport.send(answer, responseDestination(top, source))
  }

  transport.listen({ onMessage, onError: (error) => listener.onError(error) })

  return {
    reliable: transport.reliable,
    via: (branch) => createVia(transport.protocol, sentBy.address, sentBy.port, branch),
    sendRequest: (request, to, onFailure) => transport.send(serializeMessage(request), to, onFailure),
    sendResponse: (response, source, onFailure) => {
      const top = response.vias[0]
      if (top === undefined) return
      transport.send(serializeMessage(response), responseDestination(top, source), onFailure)
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
