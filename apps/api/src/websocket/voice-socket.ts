import { toInstant } from '@centralino/domain'
import type { RawData, WebSocket } from 'ws'
import { z } from 'zod'
import type { AgentLines, Line, LineOrigin } from './agent-lines.ts'
import type { BrowserPhone, PhoneUser } from './browser-phone.ts'
import { type VoiceNotice, type VoiceRequest, voiceRequest } from './protocol.ts'
import { createRateLimit } from './rate-limit.ts'

/** Close codes of our own (RFC 6455 §7.4.2: 4000 to 4999 are private). */
export const CLOSE = {
  tooManyTabs: 4001,
  signedOut: 4401,
  silent: 4408,
  tooManyRequests: 4429,
} as const

export const LIMITS = {
  /** The browser pings every 5 s; three missed and it is gone, whatever TCP believes. */
  silenceMilliseconds: 15_000,
  /** The session is looked up again this often: a page that is open keeps it from falling idle. */
  sessionCheckMilliseconds: 30_000,
  requests: { burst: 60, perSecond: 20 },
  /** Refused requests in a row after which the socket is closed. */
  tolerated: 100,
  pending: 16,
  /** What a tab has to answer when another waits for it to be gone. */
  probeMilliseconds: 2_000,
  /** What a browser that was signed out has to answer the close, before the connection is cut. */
  goodbyeMilliseconds: 1_000,
  /** A browser that takes nothing any more. */
  unsentBytes: 1_048_576,
} as const

export type VoiceSocketOptions = {
  readonly user: PhoneUser
  readonly origin: LineOrigin
  readonly lines: AgentLines
  readonly phone: BrowserPhone
  /** Calls the listener when that session ends; returns the function that stops it. */
  readonly onSignedOut: (listener: () => void) => () => void
  /** True while the session that opened the socket stands. */
  readonly stillSignedIn: () => Promise<boolean>
  /** A bug while answering: no personal data in it. */
  readonly onFailure: (error: unknown) => void
}

const someId = z.object({ id: z.number().int().nonnegative() })

type Parsed =
  | { readonly status: 'request'; readonly request: VoiceRequest }
  | { readonly status: 'invalid'; readonly id: number | null }

/** A frame is a request or it is refused, with its id where it has one. */
const parseFrame = (data: RawData, isBinary: boolean): Parsed => {
  if (isBinary) return { status: 'invalid', id: null }
  let json: unknown
  try {
    json = JSON.parse(String(data))
  } catch {
    return { status: 'invalid', id: null }
  }
  const request = voiceRequest.safeParse(json)
  if (request.success) return { status: 'request', request: request.data }
  const id = someId.safeParse(json)
  return { status: 'invalid', id: id.success ? id.data.id : null }
}

/** Runs one signed-in browser's socket until it closes. */
export const runVoiceSocket = (socket: WebSocket, options: VoiceSocketOptions): void => {
  const { user, lines, phone } = options
  const rate = createRateLimit(LIMITS.requests)
  let pending = 0
  let refusedInARow = 0

  const send = (message: object) => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > LIMITS.unsentBytes) return socket.terminate()
    socket.send(JSON.stringify(message))
  }
  const refuse = (id: number | null, code: string) => {
    refusedInARow += 1
    if (refusedInARow > LIMITS.tolerated) return socket.close(CLOSE.tooManyRequests, 'too many bad requests')
    send({ id, ok: false, code })
  }

  const silence = setTimeout(() => {
    socket.close(CLOSE.silent, 'nothing heard')
    // A peer that is gone never answers the close; do not wait for it.
    socket.terminate()
  }, LIMITS.silenceMilliseconds)
  const sessionCheck = setInterval(() => {
    options.stillSignedIn().then((standing) => {
      if (!standing) signedOut()
    }, options.onFailure)
  }, LIMITS.sessionCheckMilliseconds)

  let probe: NodeJS.Timeout | undefined
  const line: Line = {
    notify: (notice: VoiceNotice) => send(notice),
    probe: () => {
      if (probe !== undefined) return
      probe = setTimeout(() => socket.terminate(), LIMITS.probeMilliseconds)
      socket.ping()
    },
    dismiss: () => socket.close(CLOSE.tooManyTabs, 'too many tabs'),
  }
  const end = lines.open(user.agentId, line, options.origin)
  socket.on('pong', () => {
    clearTimeout(probe)
    probe = undefined
  })

  /** Who signs out is gone at once, whether their browser answers the close or not. */
  const signedOut = () => {
    end.close()
    socket.close(CLOSE.signedOut, 'signed out')
    setTimeout(() => socket.terminate(), LIMITS.goodbyeMilliseconds).unref()
  }
  const forget = options.onSignedOut(signedOut)

  const answer = async (request: VoiceRequest): Promise<void> => {
    if (request.method === 'ping') {
      return send({ id: request.id, ok: true, result: { now: toInstant(Temporal.Now.instant()) } })
    }
    if (request.method === 'takeLine') {
      end.take()
      return send({ id: request.id, ok: true, result: {} })
    }
    if (!end.holds) return send({ id: request.id, ok: false, code: 'LINE_TAKEN' })
    if (pending >= LIMITS.pending) return refuse(request.id, 'TOO_MANY_REQUESTS')
    pending += 1
    try {
      send({ id: request.id, ...(await phone.answer(user, request)) })
    } catch (error) {
      options.onFailure(error)
      send({ id: request.id, ok: false, code: 'INTERNAL' })
    } finally {
      pending -= 1
    }
  }

  socket.on('message', (data, isBinary) => {
    // Until it answers a close, a browser may go on sending.
    if (socket.readyState !== socket.OPEN) return
    silence.refresh()
    const parsed = parseFrame(data, isBinary)
    if (parsed.status === 'invalid') return refuse(parsed.id, 'INVALID_REQUEST')
    if (!rate.take(performance.now())) return refuse(parsed.request.id, 'TOO_MANY_REQUESTS')
    refusedInARow = 0
    void answer(parsed.request)
  })
  // ws reports an oversized or broken frame as an error and closes with 1009 or 1007 by itself.
  socket.on('error', () => {})
  socket.on('close', () => {
    clearTimeout(silence)
    clearInterval(sessionCheck)
    clearTimeout(probe)
    forget()
    end.close()
  })
}
