import { callStream, legOf, parseId, unreachable } from '@centralino/domain'
import { afresh, hubActor } from '../../commands/because.ts'
import { hubFailure, Q850 } from './hang-up.ts'
import { callIdOf } from './ids.ts'
import type { VoiceRooms } from './voice-rooms.ts'

export type LivingLeg = { readonly legId: string; readonly kind: 'sip' | 'browser' }

/**
 * Brings the log and the edge to agree after each (re)connect, before any fact.
 *
 * A call of an earlier run of the edge is over: its legs died with that process, and nobody will ever report them. A call
 * of this run whose legs do not live any more is left alone: the edge keeps what it has not told yet, so their `LegEnded`
 * comes next, with its true cause. A leg that lives while its call has ended, or that the log ended, is hung up. A caller's
 * leg that the log does not know has its `CallArrived` still to come.
 */
export const reconcile = async (
  rooms: VoiceRooms,
  edgeRun: string,
  living: readonly LivingLeg[],
): Promise<void> => {
  for (const call of rooms.directory.liveCalls()) {
    const [customer] = call.legs
    if (customer === undefined || callIdOf(edgeRun, customer.legId) === call.callId) continue
    await rooms.handlers.call.handle(
      { type: 'EndCall', callId: call.callId, cause: hubFailure(), at: rooms.clock.now() },
      { ...afresh(hubActor('voice')), idempotencyKey: `${call.callId}/over with its edge` },
    )
  }
  for (const leg of living) {
    if (await isOver(rooms, edgeRun, leg)) hangUp(rooms, leg)
  }
}

const isOver = async (rooms: VoiceRooms, edgeRun: string, leg: LivingLeg): Promise<boolean> => {
  const legId = parseId('leg', leg.legId)
  const callId = rooms.directory.callOfLeg(legId)?.callId ?? callIdOf(edgeRun, legId)
  const state = await rooms.handlers.call.state(callStream(callId))
  switch (state.status) {
    case 'none':
      // A browser leg is in the log before it is at the edge: unknown, it belonged to a call that is gone.
      return leg.kind === 'browser'
    case 'ended':
      return true
    case 'live':
      return legOf(state, legId)?.status === 'ended'
    default:
      return unreachable(state)
  }
}

/** Not awaited: the edge answers orders beside its facts, and the facts wait for us. */
const hangUp = (rooms: VoiceRooms, { legId }: LivingLeg): void => {
  const reason = { q850: Q850.normalUnspecified, sipStatus: 480 }
  rooms.orders.ask(`reconcile/${legId}`, { type: 'HangUpLeg', legId, reason }).then(
    () => rooms.log.info({}, 'hung up a leg whose call was over'),
    (error: unknown) => rooms.log.warn({ error }, 'a leg whose call is over was not hung up'),
  )
}
