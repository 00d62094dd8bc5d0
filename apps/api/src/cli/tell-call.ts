import type { CallEvent, CallId, FloorEvent, InteractionEvent, InteractionId } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import { openLogForReading } from './open-log.ts'

/** What a narrator looks at; every other event passes by. */
type Told = { readonly type: string; readonly data: unknown }
type Known = CallEvent | InteractionEvent | FloorEvent

/** Who hung up, for whom the phone itself could not tell. */
const HUNG_UP = {
  agent: 'The agent hung up.',
  customer: 'The caller hung up.',
  hub: 'The hub ended the call.',
} as const

/**
 * Tells one call as its log goes on: an event in, a line for a person out, or null for what is another's or says nothing.
 * The call is the one with that SIP Call-ID; to be given every event in order, from before it arrived.
 */
export const createCallNarrator = (sipCallId: string): ((event: Told) => string | null) => {
  let call: { readonly callId: CallId; readonly interactionId: InteractionId } | null = null
  return (event) => {
    // Of a type that we know, the log holds what we wrote; of any other nothing is read.
    const { type, data } = event as Known
    if (type === 'CallReceived') {
      if (data.sipCallId === sipCallId) call = data
      return null
    }
    if (call === null) return null
    switch (type) {
      case 'WorkOffered':
        return data.interactionId === call.interactionId ? 'It rings at an agent.' : null
      case 'LegsBridged':
        return data.callId === call.callId ? 'An agent answered: they hear each other.' : null
      case 'LegHeld':
        if (data.callId !== call.callId) return null
        return data.by === 'agent'
          ? 'The agent put the call on hold: music.'
          : 'The caller put the call on hold.'
      case 'LegResumed':
        if (data.callId !== call.callId) return null
        return data.by === 'agent'
          ? 'The agent took the call off hold.'
          : 'The caller took the call off hold.'
      case 'InteractionReturnedToQueue':
        if (data.interactionId !== call.interactionId) return null
        return 'The agent was lost: back to the head of the queue, with music.'
      case 'CallEnded':
        return data.callId === call.callId ? HUNG_UP[data.cause.by] : null
      default:
        return null
    }
  }
}

/** Follows the log beside the hub that writes it. */
export type CallTeller = AsyncDisposable & {
  /** From here on it is that call's story. */
  follow(sipCallId: string): void
  /** Says what came since the last time. A log that cannot be read for the moment is read the next time. */
  tell(): Promise<void>
}

/** To be opened before the call is placed, so that none of it is missed. Throws a `CannotDo` where there is no log. */
export const openCallTeller = async (
  config: Parameters<typeof openLogForReading>[0],
  say: (line: string) => void,
): Promise<CallTeller> => {
  const store = await openLogForReading(config)
  let position = await endOf(store)
  let narrate: ReturnType<typeof createCallNarrator> | null = null
  return {
    follow: (sipCallId) => {
      narrate = createCallNarrator(sipCallId)
    },
    tell: async () => {
      try {
        for await (const event of store.readAll(position === null ? {} : { from: position })) {
          position = event.position
          const line = narrate?.(event) ?? null
          if (line !== null) say(line)
        }
      } catch {
        // The call goes on, and so does what is said of it.
      }
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}

const endOf = async (store: EventStore): Promise<string | null> => {
  for await (const { position } of store.readAll({ direction: 'backwards', limit: 1 })) return position
  return null
}
