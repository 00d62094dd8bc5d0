import {
  type AgentId,
  callStream,
  handlingOnFloor,
  type InteractionId,
  interactionStream,
  liveLegs,
} from '@centralino/domain'
import { afresh, hubActor } from '../../commands/because.ts'
import { createBackground } from '../../reactors/background.ts'
import { mediaLost } from './hang-up.ts'
import type { VoiceRooms } from './voice-rooms.ts'

/**
 * Sees to it that an agent who has a call is on it. Accepted and no audio within 15 s, or the audio gone and no new leg
 * within 5 s: the agent is lost, the caller goes back to the head of the queue with music, and the agent is not ready
 * instead of busy for ever. A page that is loaded again within the 5 s keeps its caller.
 */
export type AgentLegWatch = {
  /** Accepted: the browser has 15 s to bring audio. */
  expectFirst(interactionId: InteractionId): void
  /** The agent's leg ended: a new one has 5 s. */
  expectAgain(interactionId: InteractionId): void
  /** It stands, or nothing is expected any more. */
  satisfied(interactionId: InteractionId): void
  /** At the start: everything that is handled by call is looked at as if its agent had just been lost. */
  sweep(): void
  /** The agent's browser is gone for good: what is on their line goes back at once. */
  agentLost(agentId: AgentId): Promise<void>
  /** Resolves when nothing that a timer set off is under way. */
  idle(): Promise<void>
  stop(): void
}

const FIRST_MILLISECONDS = 15_000
const AGAIN_MILLISECONDS = 5_000
const RETRY_MILLISECONDS = 1_000

export const createAgentLegWatch = (
  rooms: VoiceRooms,
  onFailure: (error: unknown) => void,
): AgentLegWatch => {
  const armed = new Map<InteractionId, () => void>()
  const background = createBackground(onFailure)
  let stopped = false

  const disarm = (interactionId: InteractionId) => {
    armed.get(interactionId)?.()
    armed.delete(interactionId)
  }
  const arm = (interactionId: InteractionId, milliseconds: number) => {
    disarm(interactionId)
    if (stopped) return
    armed.set(
      interactionId,
      rooms.clock.after(milliseconds, () => {
        armed.delete(interactionId)
        background.run(async () => {
          try {
            await giveBackIfAlone(interactionId)
          } catch (error) {
            arm(interactionId, RETRY_MILLISECONDS)
            throw error
          }
        })
      }),
    )
  }

  const giveBackIfAlone = async (interactionId: InteractionId) => {
    const call = rooms.directory.callOfInteraction(interactionId)
    if (call === null) return
    const state = await rooms.handlers.call.state(callStream(call.callId))
    const stands = liveLegs(state).some(
      ({ party, status }) => party.kind === 'agent' && (status === 'answered' || status === 'held'),
    )
    if (state.status === 'live' && !stands) await giveBack(interactionId)
  }

  /** Ends the agent's legs and returns the interaction; refused where the call has ended or somebody else has it. */
  const giveBack = async (interactionId: InteractionId) => {
    const { handlers, directory, clock } = rooms
    const interaction = await handlers.interaction.state(interactionStream(interactionId))
    if (interaction.status !== 'handling') return
    const context = afresh(hubActor('voice'), interaction.customerId)
    const at = clock.now()
    const call = directory.callOfInteraction(interactionId)
    const state = call === null ? null : await handlers.call.state(callStream(call.callId))
    if (state === null || state.status !== 'live') return
    for (const { legId, party } of liveLegs(state)) {
      if (party.kind !== 'agent') continue
      const cause = mediaLost('agent')
      await handlers.call.handle({ type: 'EndLeg', callId: state.callId, legId, cause, at }, context)
    }
    await handlers.interaction.handle({ type: 'ReturnToQueue', interactionId, at }, context)
  }

  return {
    expectFirst: (interactionId) => arm(interactionId, FIRST_MILLISECONDS),
    expectAgain: (interactionId) => arm(interactionId, AGAIN_MILLISECONDS),
    satisfied: disarm,
    sweep: () => {
      for (const { work } of handlingOnFloor(rooms.floor.state())) {
        if (work.channel === 'call') arm(work.interactionId, FIRST_MILLISECONDS)
      }
    },
    agentLost: async (agentId) => {
      for (const { agentId: holder, work } of handlingOnFloor(rooms.floor.state())) {
        if (holder === agentId && work.channel === 'call') await giveBack(work.interactionId)
      }
    },
    idle: () => background.idle(),
    stop: () => {
      stopped = true
      for (const interactionId of armed.keys()) disarm(interactionId)
    },
  }
}
