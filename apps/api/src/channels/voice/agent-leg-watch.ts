import {
  type AgentId,
  callStream,
  type FloorEvent,
  handlingOnFloor,
  type InteractionId,
  interactionStream,
  liveLegs,
  type RecordedEvent,
} from '@centralino/domain'
import { afresh, becauseOf, hubActor } from '../../commands/because.ts'
import { createBackground } from '../../reactors/background.ts'
import { mediaLost } from './hang-up.ts'
import type { VoiceRooms } from './voice-rooms.ts'

/**
 * Sees to it that an agent who has a call is on it. Accepted and no audio within 15 s, or the audio gone and no new leg
 * within 5 s (and no audio from that within 10 s more): the agent is lost, the caller goes back to the head of the queue
 * with music, and the agent is not ready instead of busy for ever. A page that is loaded again in time keeps its caller;
 * opening one leg after the other gains no time.
 */
export type AgentLegWatch = {
  /** Accepted: the browser has 15 s to bring audio. */
  expectFirst(interactionId: InteractionId): void
  /** The agent's leg ended: a new one has 5 s to be opened. */
  expectAgain(interactionId: InteractionId): void
  /** It stands, or nothing is expected any more. */
  satisfied(interactionId: InteractionId): void
  /** At the start: everything that is handled by call is looked at as if its agent had just been lost. */
  sweep(): void
  /**
   * Our own media failed under an agent who is there: the caller goes back at once, and the agent, whom nobody lost, is
   * ready again as soon as the floor has taken the call back.
   */
  mediaFailed(interactionId: InteractionId): Promise<void>
  /** To be told of each call that the floor has taken back. */
  workReturned(event: RecordedEvent<WorkReturned>): Promise<void>
  /** The agent's browser is gone for good: what is on their line goes back at once. */
  agentLost(agentId: AgentId): Promise<void>
  /** Resolves when nothing that a timer set off is under way. */
  idle(): Promise<void>
  stop(): void
}

const FIRST_MILLISECONDS = 15_000
const AGAIN_MILLISECONDS = 5_000
const OPENING_MILLISECONDS = 10_000
const RETRY_MILLISECONDS = 1_000

export type WorkReturned = Extract<FloorEvent, { type: 'WorkReturned' }>

export const createAgentLegWatch = (
  rooms: VoiceRooms,
  onFailure: (error: unknown) => void,
): AgentLegWatch => {
  /** Calls on their way back whose agents were not lost. */
  const failed = new Set<InteractionId>()
  const armed = new Map<InteractionId, () => void>()
  const background = createBackground(onFailure)
  let stopped = false

  const disarm = (interactionId: InteractionId) => {
    armed.get(interactionId)?.()
    armed.delete(interactionId)
  }
  /** `patience`: what a leg that is being opened when the time is up gets in addition. */
  const arm = (interactionId: InteractionId, milliseconds: number, patience = 0) => {
    disarm(interactionId)
    if (stopped) return
    armed.set(
      interactionId,
      rooms.clock.after(milliseconds, () => {
        armed.delete(interactionId)
        background.run(async () => {
          try {
            await giveBackIfAlone(interactionId, patience)
          } catch (error) {
            arm(interactionId, RETRY_MILLISECONDS)
            throw error
          }
        })
      }),
    )
  }

  const agentLegsOf = async (interactionId: InteractionId) => {
    const call = rooms.directory.callOfInteraction(interactionId)
    const state = call === null ? null : await rooms.handlers.call.state(callStream(call.callId))
    return state?.status === 'live' ? liveLegs(state).filter(({ party }) => party.kind === 'agent') : null
  }

  const giveBackIfAlone = async (interactionId: InteractionId, patience: number) => {
    const legs = await agentLegsOf(interactionId)
    if (legs === null) return
    if (legs.some(({ status }) => status === 'answered' || status === 'held')) return
    if (legs.length > 0 && patience > 0) arm(interactionId, patience)
    else await giveBack(interactionId)
  }

  /** Ends the agent's legs and returns the interaction; false where the call has ended or somebody else has it. */
  const giveBack = async (interactionId: InteractionId): Promise<boolean> => {
    const { handlers, directory, clock } = rooms
    const interaction = await handlers.interaction.state(interactionStream(interactionId))
    if (interaction.status !== 'handling') return false
    const context = afresh(hubActor('voice'), interaction.customerId)
    const at = clock.now()
    const call = directory.callOfInteraction(interactionId)
    const state = call === null ? null : await handlers.call.state(callStream(call.callId))
    if (state === null || state.status !== 'live') return false
    for (const { legId, party } of liveLegs(state)) {
      if (party.kind !== 'agent') continue
      const cause = mediaLost('agent', 'transportLost')
      await handlers.call.handle({ type: 'EndLeg', callId: state.callId, legId, cause, at }, context)
    }
    const returned = await handlers.interaction.handle({ type: 'ReturnToQueue', interactionId, at }, context)
    return returned.outcome === 'accepted'
  }

  return {
    expectFirst: (interactionId) => arm(interactionId, FIRST_MILLISECONDS),
    expectAgain: (interactionId) => {
      if (!armed.has(interactionId)) arm(interactionId, AGAIN_MILLISECONDS, OPENING_MILLISECONDS)
    },
    satisfied: disarm,
    sweep: () => {
      for (const { work } of handlingOnFloor(rooms.floor.state())) {
        if (work.channel === 'call') arm(work.interactionId, FIRST_MILLISECONDS)
      }
    },
    mediaFailed: async (interactionId) => {
      // A fact that is told again may find the call with its next agent.
      if ((await agentLegsOf(interactionId))?.length !== 0) return
      const interaction = await rooms.handlers.interaction.state(interactionStream(interactionId))
      if (interaction.status !== 'handling') return
      failed.add(interactionId)
      if (!(await giveBack(interactionId))) failed.delete(interactionId)
    },
    workReturned: async (event) => {
      const { interactionId, agentId } = event.data
      if (!failed.delete(interactionId) || !rooms.lines.isOpen(agentId)) return
      const context = becauseOf(event, 'mediaFailed', { actor: hubActor('voice') })
      const handled = await rooms.floor.run({ type: 'BecomeReady', agentId }, context)
      if (handled.outcome === 'refused')
        rooms.log.debug({ code: handled.refusal.code }, 'the agent moved on meanwhile')
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
