import { type AgentId, agentOnFloor, agentsOnFloor, type FloorState } from '@centralino/domain'
import { afresh, hubActor } from '../commands/because.ts'
import { createBackground } from '../reactors/background.ts'
import type { Clock } from '../time/clock.ts'
import type { AgentLines } from '../websocket/agent-lines.ts'
import type { FloorService } from './floor-service.ts'

/**
 * Takes agents whose browser is gone off the routing, so that no caller is offered to an empty chair.
 *
 * The socket closes: after 5 s an offer that rings there is withdrawn and a call on the line goes back to the head of its
 * queue; after 10 s an agent who is ready becomes not ready (`connectionLost`), and stays so whenever they would become
 * ready (a wrap-up that runs out) until the browser is back. A hub that starts has no sockets yet: everybody on the floor
 * has the same time to come back, but a wrap-up that ran out meanwhile makes nobody ready. Mail in hand stays in hand: it
 * waits for nobody's ear.
 */
export type Presence = {
  /** To be called before the floor starts: whoever it finds there is looked at as the log left them. */
  start(): void
  /** The agent acts without a socket (yet): the same time runs as if it had just closed. */
  expect(agentId: AgentId): void
  /** Resolves when nothing that a timer set off is under way. */
  idle(): Promise<void>
  stop(): void
}

export type PresenceOptions = {
  readonly floor: Pick<FloorService, 'state' | 'run' | 'onChange'>
  readonly lines: Pick<AgentLines, 'isOpen' | 'listen'>
  readonly clock: Clock
  /** What is on the agent's line goes back. */
  readonly callLost: (agentId: AgentId) => Promise<void>
  readonly onFailure: (error: unknown) => void
}

const LINE_LOST_MILLISECONDS = 5_000
const AWAY_MILLISECONDS = 10_000

type Absence = { readonly status: 'hoped'; readonly callOff: () => void } | { readonly status: 'away' }

export const createPresence = (options: PresenceOptions): Presence => {
  const { floor, lines, clock } = options
  const background = createBackground(options.onFailure)
  const absences = new Map<AgentId, Absence>()
  const unlisten: (() => void)[] = []
  const context = () => afresh(hubActor('presence'))

  const back = (agentId: AgentId) => {
    const absence = absences.get(agentId)
    absences.delete(agentId)
    if (absence?.status === 'hoped') absence.callOff()
  }

  const gone = (agentId: AgentId) => {
    back(agentId)
    const lost = clock.after(LINE_LOST_MILLISECONDS, () => background.run(() => lineLost(agentId)))
    const away = clock.after(AWAY_MILLISECONDS, () => {
      absences.set(agentId, { status: 'away' })
      takeOff(floor.state(), agentId)
    })
    absences.set(agentId, {
      status: 'hoped',
      callOff: () => {
        lost()
        away()
      },
    })
  }

  const lineLost = async (agentId: AgentId) => {
    const presence = agentOnFloor(floor.state(), agentId)?.presence
    if (presence?.status === 'reserved')
      await floor.run({ type: 'WithdrawOffer', offerId: presence.offerId, why: 'agentLost' }, context())
    if (presence?.status === 'engaged') await options.callLost(agentId)
  }

  const takeOff = (state: FloorState, agentId: AgentId) => {
    if (agentOnFloor(state, agentId)?.presence.status !== 'ready') return
    background.run(() => floor.run({ type: 'BecomeNotReady', agentId, reason: 'connectionLost' }, context()))
  }

  const adopt = (state: FloorState) => {
    for (const { agentId, presence } of agentsOnFloor(state)) {
      if (lines.isOpen(agentId)) continue
      if (presence.status === 'wrapUp') absences.set(agentId, { status: 'away' })
      else gone(agentId)
    }
  }

  return {
    start: () => {
      let adopted = false
      unlisten.push(
        lines.listen({ opened: back, closed: gone }),
        // Given at once, this comes before the routing that follows the change.
        floor.onChange((state) => {
          if (!adopted) adopt(state)
          adopted = true
          for (const [agentId, { status }] of absences) if (status === 'away') takeOff(state, agentId)
        }),
      )
    },
    expect: (agentId) => {
      if (lines.isOpen(agentId) || absences.get(agentId)?.status === 'hoped') return
      gone(agentId)
    },
    idle: () => background.idle(),
    stop: () => {
      for (const stop of unlisten.splice(0)) stop()
      for (const agentId of [...absences.keys()]) back(agentId)
    },
  }
}
