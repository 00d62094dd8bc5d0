import type { LineState } from '../../phone/voice-socket.ts'
import type { Desk, OnTheLine } from './desk-types.ts'

/** The call that this agent is in, as the hub knows it. */
export function standingCall(desk: Desk | null): OnTheLine | null {
  const current = desk?.current ?? null
  return current?.channel === 'CALL' && current.status === 'HANDLING' ? current : null
}

/** Whether somebody would lose this agent if the line were opened anew now: a call is on it, or one is being offered. */
export const lineIsNeeded = (desk: Desk | null): boolean =>
  standingCall(desk) !== null || desk?.offer?.interaction.channel === 'CALL'

/**
 * Whether this browser opens a leg by itself: the hub says that the agent is in a call, and there is none here. So a page
 * loaded anew in mid-call finds its call again. Not for a leg that has just ended: the desk hears of that a moment later.
 */
export function shouldTake(now: {
  readonly mine: string | null
  readonly leg: string | null
  readonly line: LineState['status']
  readonly ended: string | null
}): boolean {
  return now.mine !== null && now.leg === null && now.line === 'open' && now.mine !== now.ended
}
