import { backoff } from '../gql/backoff.ts'
import { every } from './every.ts'
import { readFrame, type VoiceMethod, type VoiceMethods, type VoiceNotice } from './voice-protocol.ts'

/** The agent's line to the hub. While it is not open, no call can be offered to this browser. */
export type LineState =
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  /** Lost; `since` and `retryAt` in ms of this machine. Somebody stopped the hub: it has ended the calls before. */
  | {
      readonly status: 'away'
      readonly since: number
      readonly retryAt: number
      readonly isHubStopped: boolean
    }
  /** Another window of the same person has the line; this one is connected and waits for it. */
  | { readonly status: 'taken' }
  | { readonly status: 'closed' }

/** The hub refused, or did not answer in time. `code` is literal. */
export class VoiceRefusal extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.name = 'VoiceRefusal'
    this.code = code
  }
}

type Options = {
  readonly url: string
  readonly onState: (state: LineState) => void
  readonly onNotice: (notice: VoiceNotice) => void
  readonly WebSocket?: typeof WebSocket
}

const PING_MS = 5000
/** The hub's close code when the session has ended: whoever signs in again opens a line of their own. */
const SIGNED_OUT = 4401
/** The hub was told to stop (RFC 6455 §7.4.1: going away). */
const HUB_STOPPED = 1001
const ANSWER_WITHIN_MS = 10_000
/** More requests in the air than this mean that the hub is gone. */
const MOST_PENDING = 64

type Pending = {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: VoiceRefusal) => void
  readonly timer: ReturnType<typeof setTimeout>
}

export type VoiceSocket = {
  /** @throws {VoiceRefusal} the hub's code; `LINE_AWAY` without a connection; `NO_ANSWER` after 10 s. */
  request<M extends VoiceMethod>(
    method: M,
    params: VoiceMethods[M]['params'],
  ): Promise<VoiceMethods[M]['result']>
  /** Takes the line over from another window, or tries again now. */
  reopen(): void
  close(): void
}

/** Opens the line and keeps it: a ping every 5 s, and a bounded, spread back-off after a loss. */
export function openVoiceSocket(options: Options): VoiceSocket {
  const Socket = options.WebSocket ?? WebSocket
  const pending = new Map<number, Pending>()
  let socket: WebSocket | null = null
  let nextId = 0
  let attempt = 0
  let lostAt: number | null = null
  let isHubStopped = false
  /** Another window has the line: what comes back after a lost connection waits as before. */
  let waits = false
  let status: LineState['status'] = 'connecting'
  let retry: ReturnType<typeof setTimeout> | undefined
  let endPing = () => {}

  const become = (state: LineState) => {
    status = state.status
    options.onState(state)
  }

  const have = () => {
    waits = false
    become({ status: 'open' })
  }
  const giveWay = () => {
    waits = true
    become({ status: 'taken' })
  }

  const drop = (code: string) => {
    for (const one of pending.values()) {
      clearTimeout(one.timer)
      one.reject(new VoiceRefusal(code))
    }
    pending.clear()
    endPing()
  }

  const receive = (data: unknown) => {
    if (typeof data !== 'string') return
    const frame = readFrame(data)
    switch (frame.kind) {
      case 'answer': {
        const waiting = pending.get(frame.id)
        if (waiting === undefined) return
        pending.delete(frame.id)
        clearTimeout(waiting.timer)
        if (frame.ok) waiting.resolve(frame.result)
        else waiting.reject(new VoiceRefusal(frame.code))
        return
      }
      case 'notice':
        if (frame.notice.notice === 'lineTaken') giveWay()
        if (frame.notice.notice === 'lineReturned') have()
        options.onNotice(frame.notice)
        return
      case 'unknown':
        return
    }
  }

  const connect = () => {
    clearTimeout(retry)
    const own = new Socket(waits ? `${options.url}?waits` : options.url)
    socket = own
    own.onopen = () => {
      attempt = 0
      lostAt = null
      isHubStopped = false
      endPing = every(PING_MS, beat)
      // Until the hub says that another window has it.
      have()
    }
    own.onmessage = (event) => receive(event.data)
    own.onclose = ({ code }) => {
      if (socket !== own) return
      socket = null
      drop('LINE_AWAY')
      if (code === SIGNED_OUT) return become({ status: 'closed' })
      if (status === 'closed') return
      const now = Date.now()
      lostAt ??= now
      if (code === HUB_STOPPED) isHubStopped = true
      const retryIn = backoff(attempt, Math.random())
      attempt += 1
      become({ status: 'away', since: lostAt, retryAt: now + retryIn, isHubStopped })
      retry = setTimeout(connect, retryIn)
    }
  }

  /** An unanswered ping means a dead connection: closed here, so that it is opened anew. */
  const beat = () => {
    const own = socket
    request('ping', {}).catch((error: unknown) => {
      if (error instanceof VoiceRefusal && error.code === 'NO_ANSWER') own?.close()
    })
  }

  /** Refused or unanswered, this window waits as before, and the button is there again. */
  const takeLine = () => {
    const own = socket
    request('takeLine', {}).then(
      () => own === socket && have(),
      () => {},
    )
  }

  const shut = (state: LineState) => {
    clearTimeout(retry)
    become(state)
    socket?.close()
    drop('LINE_AWAY')
  }

  const request: VoiceSocket['request'] = (method, params) =>
    new Promise((resolve, reject) => {
      const own = socket
      if (own === null || own.readyState !== Socket.OPEN || pending.size >= MOST_PENDING) {
        reject(new VoiceRefusal('LINE_AWAY'))
        return
      }
      const id = nextId++
      const timer = setTimeout(() => {
        pending.delete(id)
        reject(new VoiceRefusal('NO_ANSWER'))
      }, ANSWER_WITHIN_MS)
      pending.set(id, { resolve: (result) => resolve(result as never), reject, timer })
      own.send(JSON.stringify({ id, method, params }))
    })

  become({ status: 'connecting' })
  connect()
  return {
    request,
    reopen() {
      if (status === 'open' || status === 'connecting') return
      if (status === 'taken') return takeLine()
      attempt = 0
      become({ status: 'connecting' })
      connect()
    },
    close: () => shut({ status: 'closed' }),
  }
}
