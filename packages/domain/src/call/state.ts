import { unchanged } from '../kernel/exhaustive.ts'
import type { CallId, CustomerId, InteractionId, LegId } from '../kernel/ids.ts'
import type { CallEvent, HangUpCause, HoldingSide, LegParty, Treatment } from './events.ts'

type Microphone = 'open' | 'muted'

/** What goes on while a leg's media stands. */
type Media = { readonly microphone: Microphone; readonly treatment: 'none' | Treatment }

export type LegState = { readonly legId: LegId; readonly party: LegParty } & (
  | { readonly status: 'offered' }
  | { readonly status: 'ringing' }
  | ({ readonly status: 'answered' } & Media)
  /** `by` is never empty: each side may hold on its own, and the leg is held until both have resumed. */
  | ({ readonly status: 'held'; readonly by: readonly HoldingSide[] } & Media)
  /** `microphone` is how it was left; null for a leg that was never answered. */
  | { readonly status: 'ended'; readonly cause: HangUpCause; readonly microphone: Microphone | null }
)

type CallFacts = {
  readonly callId: CallId
  readonly interactionId: InteractionId
  readonly customerId: CustomerId
  readonly sipCallId: string
  /** In the order they joined; the first is the customer's. */
  readonly legs: readonly LegState[]
}

export type CallState =
  | { readonly status: 'none' }
  /** `bridge` holds the two legs that hear each other, null while nobody does. */
  | (CallFacts & { readonly status: 'live'; readonly bridge: readonly [LegId, LegId] | null })
  | (CallFacts & { readonly status: 'ended'; readonly cause: HangUpCause })

export const initialCall: CallState = { status: 'none' }

/** Ended legs too. */
export const legOf = (state: CallState, legId: LegId): LegState | undefined =>
  state.status === 'none' ? undefined : state.legs.find((leg) => leg.legId === legId)

/** The legs that have not ended. */
export const liveLegs = (state: CallState): readonly LegState[] =>
  state.status === 'none' ? [] : state.legs.filter((leg) => leg.status !== 'ended')

/** As it is, or as an ended leg was left; null for a leg that was never answered. */
export const microphoneOf = (leg: LegState): Microphone | null =>
  leg.status === 'offered' || leg.status === 'ringing' ? null : leg.microphone

/** Whether the leg hears another one now. */
export const isBridged = (state: CallState, legId: LegId): boolean =>
  state.status === 'live' && state.bridge !== null && state.bridge.includes(legId)

export const evolveCall = (state: CallState, event: CallEvent): CallState => {
  if (event.type === 'CallReceived') {
    const { callId, interactionId, customerId, sipCallId, legId } = event.data
    const customer: LegState = { legId, party: { kind: 'customer' }, status: 'offered' }
    return {
      status: 'live',
      callId,
      interactionId,
      customerId,
      sipCallId,
      legs: [customer],
      bridge: null,
    }
  }
  if (state.status !== 'live') return state
  switch (event.type) {
    case 'LegOffered': {
      const { legId, party } = event.data
      return { ...state, legs: [...state.legs, { legId, party, status: 'offered' }] }
    }
    case 'LegRinging':
      return withLeg(state, event.data.legId, ({ legId, party }) => ({ legId, party, status: 'ringing' }))
    case 'LegAnswered':
      return withLeg(state, event.data.legId, ({ legId, party }) => ({
        legId,
        party,
        status: 'answered',
        microphone: 'open',
        treatment: 'none',
      }))
    case 'TreatmentStarted':
      return withMedia(state, event.data.legId, { treatment: event.data.treatment })
    case 'LegsBridged': {
      const { legIds } = event.data
      const bridged = legIds.reduce<LiveCall>((call, legId) => withLeg(call, legId, joined), state)
      return { ...bridged, bridge: legIds }
    }
    case 'LegHeld':
      return withLeg(state, event.data.legId, (leg) => held(leg, event.data.by))
    case 'LegResumed':
      return withLeg(state, event.data.legId, (leg) => resumed(leg, event.data.by))
    case 'LegMuted':
      return withMedia(state, event.data.legId, { microphone: 'muted' })
    case 'LegUnmuted':
      return withMedia(state, event.data.legId, { microphone: 'open' })
    case 'DigitReceived':
      return state
    case 'LegEnded': {
      const { legId, cause } = event.data
      const ended = withLeg(state, legId, (leg) => ({
        legId: leg.legId,
        party: leg.party,
        status: 'ended',
        cause,
        microphone: microphoneOf(leg),
      }))
      return isBridged(state, legId) ? { ...ended, bridge: null } : ended
    }
    case 'CallEnded': {
      const { bridge: _bridge, ...facts } = state
      return { ...facts, status: 'ended', cause: event.data.cause }
    }
    default:
      return unchanged(state, event)
  }
}

type LiveCall = Extract<CallState, { status: 'live' }>

const withLeg = (state: LiveCall, legId: LegId, change: (leg: LegState) => LegState): LiveCall => ({
  ...state,
  legs: state.legs.map((leg) => (leg.legId === legId ? change(leg) : leg)),
})

const withMedia = (state: LiveCall, legId: LegId, media: Partial<Media>): LiveCall =>
  withLeg(state, legId, (leg) =>
    leg.status === 'answered' || leg.status === 'held' ? { ...leg, ...media } : leg,
  )

/** The bridge ends any treatment. A hold stays: an agent who comes back on a new leg finds the caller held as before. */
const joined = (leg: LegState): LegState =>
  leg.status === 'answered' || leg.status === 'held' ? { ...leg, treatment: 'none' } : leg

const held = (leg: LegState, by: HoldingSide): LegState => {
  if (leg.status === 'answered') return { ...leg, status: 'held', by: [by] }
  if (leg.status === 'held' && !leg.by.includes(by)) return { ...leg, by: [...leg.by, by] }
  return leg
}

const resumed = (leg: LegState, by: HoldingSide): LegState => {
  if (leg.status !== 'held') return leg
  const still = leg.by.filter((holder) => holder !== by)
  if (still.length > 0) return { ...leg, by: still }
  const { legId, party, microphone } = leg
  return { legId, party, status: 'answered', microphone, treatment: 'none' }
}
