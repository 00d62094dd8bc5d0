import type { MicrophoneTrouble } from './microphone.ts'

/** The browser phone of one desk: at most one leg at a time. */
export type PhoneState =
  | { readonly status: 'idle' }
  /** The leg is being set up; the customer still hears music. */
  | { readonly status: 'connecting'; readonly interactionId: string }
  /** Both media paths stand. */
  | { readonly status: 'talking'; readonly interactionId: string; readonly legId: string }
  | { readonly status: 'noMicrophone'; readonly interactionId: string; readonly why: MicrophoneTrouble }
  | { readonly status: 'failed'; readonly interactionId: string; readonly code: string }

export type PhoneEvent =
  | { readonly type: 'opening'; readonly interactionId: string }
  | { readonly type: 'bridged'; readonly legId: string }
  | { readonly type: 'microphoneTrouble'; readonly why: MicrophoneTrouble }
  | { readonly type: 'failed'; readonly code: string }
  | { readonly type: 'ended' }

export const IDLE: PhoneState = { status: 'idle' }

/** Only what may follow is taken: a late answer of a leg that has ended changes nothing. */
export function phoneReducer(state: PhoneState, event: PhoneEvent): PhoneState {
  switch (event.type) {
    case 'opening':
      return { status: 'connecting', interactionId: event.interactionId }
    case 'bridged':
      return state.status === 'connecting'
        ? { status: 'talking', interactionId: state.interactionId, legId: event.legId }
        : state
    case 'microphoneTrouble':
      return state.status === 'connecting' || state.status === 'talking'
        ? { status: 'noMicrophone', interactionId: state.interactionId, why: event.why }
        : state
    case 'failed':
      return state.status === 'connecting' || state.status === 'talking'
        ? { status: 'failed', interactionId: state.interactionId, code: event.code }
        : state
    case 'ended':
      return IDLE
  }
}
