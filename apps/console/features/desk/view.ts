/** What the desk holds now, by ids; the order is the inbox's. */
export type DeskIds = {
  readonly offer: string | null
  readonly current: string | null
  /** This agent's own, on the line or to be answered or wrapped up. */
  readonly mine: readonly string[]
  readonly listed: readonly string[]
}

/** The panes a phone shows one at a time. */
export type Screen = 'list' | 'conversation' | 'customer'

/** What the agent looks at. */
export type View = {
  /** The interaction in the conversation pane. */
  readonly chosen: string | null
  /** What an offer took the place of; shown again when the offer goes to somebody else. */
  readonly before: string | null
  readonly screen: Screen
}

export type ViewEvent =
  | { readonly type: 'chose'; readonly interactionId: string }
  | { readonly type: 'wentTo'; readonly screen: Screen }
  | {
      readonly type: 'deskChanged'
      readonly previous: DeskIds | null
      readonly next: DeskIds
      /** The agent is writing: whatever comes must not take the text from under the hands. */
      readonly writing: boolean
    }

export const EMPTY_VIEW: View = { chosen: null, before: null, screen: 'list' }

/** A call is announced, the agent moves: an offer is shown at once only while nothing is being written. */
export function viewReducer(view: View, event: ViewEvent): View {
  switch (event.type) {
    case 'chose':
      return { chosen: event.interactionId, before: null, screen: 'conversation' }
    case 'wentTo':
      return { ...view, screen: event.screen }
    case 'deskChanged':
      return followDesk(view, event.previous, event.next, event.writing)
  }
}

function followDesk(view: View, previous: DeskIds | null, next: DeskIds, writing: boolean): View {
  const shown = stillThere(view, previous, next)
  const accepted = next.current !== null && next.current !== (previous?.current ?? null)
  if (accepted && next.current !== view.chosen && !writing) {
    return { chosen: next.current, before: null, screen: 'conversation' }
  }
  const offered = next.offer !== null && next.offer !== (previous?.offer ?? null)
  if (offered && !writing && next.offer !== shown.chosen) {
    return { chosen: next.offer, before: shown.chosen, screen: 'conversation' }
  }
  return shown
}

/**
 * What is gone from the desk gives its place back to what was there before. Only what the agent has finished stays until
 * they look elsewhere, so that they see it on the timeline.
 */
function stillThere(view: View, previous: DeskIds | null, next: DeskIds): View {
  const { chosen, before } = view
  if (chosen === null || isOn(next, chosen)) return view
  if (previous === null || !isOn(previous, chosen)) return view
  if (previous.current === chosen || previous.mine.includes(chosen)) {
    return { chosen, before: null, screen: 'conversation' }
  }
  const back = before !== null && isOn(next, before) ? before : null
  return { chosen: back, before: null, screen: back === null ? 'list' : view.screen }
}

const isOn = (desk: DeskIds, id: string) =>
  id === desk.offer || id === desk.current || desk.mine.includes(id) || desk.listed.includes(id)
