import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { isSameOrigin, type OriginRule } from '../auth/same-origin.ts'
import type { AgentLines } from './agent-lines.ts'
import type { BrowserPhone, PhoneUser } from './browser-phone.ts'
import { runVoiceSocket } from './voice-socket.ts'

export type PhoneSession = { readonly user: PhoneUser; readonly sessionId: string }

export type VoiceWebSocketOptions = {
  /** Who the request's session says it is; null when signed out or no agent. */
  readonly authenticate: (request: IncomingMessage) => Promise<PhoneSession | null>
  /** Told of each session that ended; returns the function that stops listening. */
  readonly onSessionEnded: (listener: (sessionId: string) => void) => () => void
  /**
   * Browsers do not apply the same-origin policy to WebSockets: any page may open one and the cookie goes along, so the
   * server compares `Origin` itself (RFC 6455 §10.2).
   */
  readonly originRule: OriginRule
  readonly lines: AgentLines
  readonly phone: BrowserPhone
  readonly onFailure: (error: unknown) => void
  /** Sockets at once; more are refused with 503. Default 5,000. */
  readonly maximumSockets?: number
}

export type VoiceWebSocket = AsyncDisposable & {
  /** Open sockets. */
  readonly size: number
}

const PATH = '/voice'
/** `/voice?waits`: another tab had the line when this one lost its connection. */
const WAITS = 'waits'
const MAXIMUM_FRAME_BYTES = 65_536

/**
 * Serves the browser phone's signalling on `/voice` of the hub's HTTP server. Refuses before the upgrade: 403 a foreign
 * origin, 401 without an agent's session, 503 when full. Disposing it closes every socket with 1001 (going away).
 */
export const attachVoiceWebSocket = (server: Server, options: VoiceWebSocketOptions): VoiceWebSocket => {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAXIMUM_FRAME_BYTES,
    perMessageDeflate: false,
  })
  const maximum = options.maximumSockets ?? 5_000

  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    if (!isSameOrigin(request.headers, options.originRule)) return refuse(stream, 403, 'Forbidden')
    if (sockets.clients.size >= maximum) return refuse(stream, 503, 'Service Unavailable')
    const endedMeanwhile = new Set<string>()
    const forget = options.onSessionEnded((sessionId) => endedMeanwhile.add(sessionId))
    try {
      const session = await options.authenticate(request)
      if (session === null || endedMeanwhile.has(session.sessionId))
        return refuse(stream, 401, 'Unauthorized')
      sockets.handleUpgrade(request, stream, head, (socket) => run(socket, request, session))
    } finally {
      forget()
    }
  }

  const run = (socket: WebSocket, request: IncomingMessage, { user, sessionId }: PhoneSession) =>
    runVoiceSocket(socket, {
      user,
      origin: { browser: sessionId, waits: partsOf(request).query.has(WAITS) },
      lines: options.lines,
      phone: options.phone,
      onSignedOut: (listener) =>
        options.onSessionEnded((ended) => {
          if (ended === sessionId) listener()
        }),
      stillSignedIn: async () => (await options.authenticate(request))?.user.agentId === user.agentId,
      onFailure: options.onFailure,
    })

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (partsOf(request).path !== PATH) {
      // Nobody else listens: without an answer the socket would hang open for ever.
      if (server.listenerCount('upgrade') === 1) refuse(stream, 404, 'Not Found')
      return
    }
    const onEarlyError = () => stream.destroy()
    stream.on('error', onEarlyError)
    upgrade(request, stream, head)
      .catch((error: unknown) => {
        options.onFailure(error)
        refuse(stream, 500, 'Internal Server Error')
      })
      .finally(() => stream.off('error', onEarlyError))
  }

  server.on('upgrade', onUpgrade)
  return {
    get size() {
      return sockets.clients.size
    },
    [Symbol.asyncDispose]: async () => {
      server.off('upgrade', onUpgrade)
      for (const socket of sockets.clients) {
        socket.close(1001, 'the hub is shutting down')
        setTimeout(() => socket.terminate(), 500).unref()
      }
      await new Promise<void>((resolve) => sockets.close(() => resolve()))
    },
  }
}

const partsOf = ({
  url = '',
}: IncomingMessage): { readonly path: string; readonly query: URLSearchParams } => {
  const [path = '', query] = url.split('?', 2)
  return { path, query: new URLSearchParams(query) }
}

const refuse = (stream: Duplex, status: number, reason: string): void => {
  stream.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
