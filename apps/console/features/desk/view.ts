/** What the desk holds now, by ids; the order is the inbox's. */
export type DeskIds = {
  readonly offer: string | null
  readonly current: string | null
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
  const shown = stillThere(view, next)
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

/** What is gone from the desk gives its place back to what was there before. */
function stillThere(view: View, next: DeskIds): View {
  const has = (id: string | null) =>
    id !== null && (id === next.offer || id === next.current || next.listed.includes(id))
  if (view.chosen === null || has(view.chosen)) return view
  const chosen = has(view.before) ? view.before : null
  return { chosen, before: null, screen: chosen === null ? 'list' : view.screen }
}
