import { applyHearing, type CallContext, isRefusal, type Outcome, peerOf } from './context.ts'
import { leave } from './end-leg.ts'
import type { Leg } from './leg.ts'
import { mayMove, move } from './leg-state.ts'
import { refuse } from './leg-table.ts'

/** Both hear each other. Waits until both media paths stand; until then they hear what they heard before. */
export const bridgeLegs = async (
  context: CallContext,
  [firstId, secondId]: readonly [string, string],
): Promise<Outcome> => {
  if (firstId === secondId) return refuse('WRONG_LEG_STATE', 'a leg is not bridged with itself')
  const before = pairOf(context, firstId, secondId)
  if ('refused' in before) return before
  if (before.bridged) return {}
  const { first, second } = before

  if (!(await bothStandOrEnd(context, first, second))) {
    return refuse('MEDIA_FAILED', 'the media of both legs did not stand in time')
  }
  // Either may have ended or been bridged meanwhile.
  const now = pairOf(context, firstId, secondId)
  if ('refused' in now) return now
  if (now.bridged) return {}
  first.bridgedWith = secondId
  second.bridgedWith = firstId
  applyHearing(context, first)
  context.count('calls.bridged')
  return {}
}

/** Each hears silence until told otherwise. */
export const unbridgeLegs = (
  context: CallContext,
  [firstId, secondId]: readonly [string, string],
): Outcome => {
  const first = context.legs.find(firstId)
  if (isRefusal(first)) return first
  const second = context.legs.find(secondId)
  if (isRefusal(second)) return second
  if (peerOf(context, first) !== second)
    return refuse('WRONG_LEG_STATE', 'the legs are not bridged with each other')
  leave(context, first, 'silence')
  leave(context, second, 'silence')
  return {}
}

/** The leg does not hear the other side, which hears hold music; before a bridge, from the bridge on. */
export const holdLeg = (context: CallContext, leg: Leg): Outcome => {
  if (leg.state.status === 'held') return {}
  if (!mayMove(leg.state.status, 'held')) return refuse('WRONG_LEG_STATE', `the leg is ${leg.state.status}`)
  leg.state = move(leg.state, { status: 'held' })
  applyHearing(context, leg)
  return {}
}

/** Both hear each other again; done already, it says so by doing nothing. */
export const resumeLeg = (context: CallContext, leg: Leg): Outcome => {
  if (leg.state.status === 'answered') return {}
  if (leg.state.status !== 'held') return refuse('WRONG_LEG_STATE', `the leg is ${leg.state.status}`)
  leg.state = move(leg.state, { status: 'answered' })
  applyHearing(context, leg)
  return {}
}

/** What it says goes nowhere, or somewhere again; before a bridge, from the bridge on. */
export const muteLeg = (context: CallContext, leg: Leg, muted: boolean): Outcome => {
  leg.muted = muted
  applyHearing(context, leg)
  return {}
}

/** What it hears while nobody is on the other side. */
export const playToLeg = (context: CallContext, leg: Leg, source: Leg['treatment']): Outcome => {
  if (leg.state.status !== 'answered') return refuse('WRONG_LEG_STATE', `the leg is ${leg.state.status}`)
  if (peerOf(context, leg) !== null) return refuse('WRONG_LEG_STATE', 'the leg is bridged')
  leg.treatment = source
  applyHearing(context, leg)
  return {}
}

type Pair = { readonly first: Leg; readonly second: Leg; readonly bridged: boolean }

const pairOf = (
  context: CallContext,
  firstId: string,
  secondId: string,
): Pair | ReturnType<typeof refuse> => {
  const first = context.legs.find(firstId)
  if (isRefusal(first)) return first
  const second = context.legs.find(secondId)
  if (isRefusal(second)) return second
  for (const leg of [first, second]) {
    // A browser leg's media may still be on its way; a caller that was not answered cannot be bridged.
    const unanswered =
      leg.kind === 'sip' && (leg.state.status === 'offered' || leg.state.status === 'ringing')
    if (unanswered) return refuse('WRONG_LEG_STATE', `a leg is ${leg.state.status}`)
  }
  const bridged = first.bridgedWith === secondId
  const elsewhere = !bridged && (peerOf(context, first) !== null || peerOf(context, second) !== null)
  return elsewhere ? refuse('WRONG_LEG_STATE', 'a leg is bridged with another') : { first, second, bridged }
}

/** False when neither came to pass in time. */
const bothStandOrEnd = async (context: CallContext, first: Leg, second: Leg): Promise<boolean> => {
  const late = Promise.withResolvers<boolean>()
  const cancel = context.clock.setTimer(context.limits.bridgeMilliseconds, () => late.resolve(false))
  const stand = Promise.all([first.stands.promise, second.stands.promise])
  const settled = Promise.race([stand, first.over.promise, second.over.promise]).then(() => true)
  const inTime = await Promise.race([settled, late.promise])
  cancel()
  return inTime
}
