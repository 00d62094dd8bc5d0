import type {
  AgentId,
  FloorCommand,
  FloorEvent,
  FloorId,
  FloorState,
  InteractionId,
  OfferId,
  QueueId,
  RecordedEvent,
} from '@centralino/domain'
import {
  carryOver,
  floorDecider,
  NOTHING_CARRIED_OVER,
  type plusMilliseconds,
  signingOffOnFloor,
  unreachable,
} from '@centralino/domain'
import fc from 'fast-check'
import { recorder } from './recorder.ts'

const floorId = 'main' as FloorId
const AGENTS = ['ada', 'bob'] as unknown as readonly AgentId[]
const WORKS = ['i1', 'i2', 'i3', 'i4'] as unknown as readonly InteractionId[]

/** A move that somebody on the floor tries; the domain decides whether it may. */
export type Move = {
  readonly move:
    | 'signOn'
    | 'ready'
    | 'break'
    | 'signOff'
    | 'leave'
    | 'enqueue'
    | 'route'
    | 'accept'
    | 'decline'
    | 'lapse'
    | 'customerLeft'
    | 'agentLost'
    | 'remove'
    | 'return'
    | 'wrapUp'
    | 'finish'
    | 'midnight'
  readonly agent: AgentId
  readonly work: InteractionId
}

export const moves = fc.array(
  fc.record<Move>({
    move: fc.oneof(
      { weight: 3, arbitrary: fc.constant('signOn' as const) },
      { weight: 8, arbitrary: fc.constant('ready' as const) },
      { weight: 1, arbitrary: fc.constant('break' as const) },
      { weight: 1, arbitrary: fc.constant('signOff' as const) },
      { weight: 1, arbitrary: fc.constant('leave' as const) },
      { weight: 6, arbitrary: fc.constant('enqueue' as const) },
      { weight: 10, arbitrary: fc.constant('route' as const) },
      { weight: 9, arbitrary: fc.constant('accept' as const) },
      { weight: 1, arbitrary: fc.constant('decline' as const) },
      { weight: 1, arbitrary: fc.constant('lapse' as const) },
      { weight: 1, arbitrary: fc.constant('customerLeft' as const) },
      { weight: 1, arbitrary: fc.constant('agentLost' as const) },
      { weight: 1, arbitrary: fc.constant('remove' as const) },
      { weight: 2, arbitrary: fc.constant('return' as const) },
      { weight: 4, arbitrary: fc.constant('wrapUp' as const) },
      { weight: 3, arbitrary: fc.constant('finish' as const) },
      { weight: 1, arbitrary: fc.constant('midnight' as const) },
    ),
    agent: fc.constantFrom(...AGENTS),
    work: fc.constantFrom(...WORKS),
  }),
  { minLength: 60, maxLength: 250, size: 'max' },
)

/** The days of a floor that the domain itself decided, move for move: its events, and the state it ended in. */
export const decidedDays = (tried: readonly Move[]): { events: RecordedEvent[]; state: FloorState } => {
  const log = recorder()
  const events: RecordedEvent[] = []
  let state: FloorState = floorDecider.initialState
  let day = 24
  let offers = 0

  const openDay = () => {
    const opening = floorDecider.decide(
      {
        type: 'OpenFloorDay',
        floorId,
        day: `2026-11-${day}`,
        carriedOver: state.status === 'open' ? carryOver(state) : NOTHING_CARRIED_OVER,
        signingOff: signingOffOnFloor(state),
        at: log.now,
      },
      floorDecider.initialState,
    )
    if (opening.outcome === 'accepted') for (const event of opening.events) take(event)
  }
  const take = (event: FloorEvent) => {
    state = floorDecider.evolve(state, event)
    const { at: _at, ...data } = event.data
    events.push(log.record(`floor-main-2026-11-${day}`, event.type, data as never))
  }
  openDay()
  for (const { move, agent, work } of tried) {
    log.pass(1)
    if (move === 'midnight') {
      day++
      openDay()
      continue
    }
    if (move === 'lapse') log.pass(30)
    if (move === 'route') offers++
    const decision = floorDecider.decide(command(state, move, agent, work, offers, log.now), state)
    if (decision.outcome === 'accepted') for (const event of decision.events) take(event)
  }
  return { events, state }
}

const command = (
  state: FloorState,
  move: Exclude<Move['move'], 'midnight'>,
  agentId: AgentId,
  interactionId: InteractionId,
  offers: number,
  at: Parameters<typeof plusMilliseconds>[0],
): FloorCommand => {
  const about = { floorId, at }
  const standing = state.status === 'open' ? state.offers.values()[0] : undefined
  const offerId = standing?.offerId ?? (`o${offers}` as OfferId)
  const of = standing?.agentId ?? agentId
  switch (move) {
    case 'signOn':
      return { type: 'SignOn', ...about, agentId, skills: ['billing', interactionId] }
    case 'ready':
      return { type: 'BecomeReady', ...about, agentId }
    case 'break':
      return { type: 'BecomeNotReady', ...about, agentId, reason: 'training' }
    case 'signOff':
      return { type: 'SignOff', ...about, agentId }
    case 'leave':
      return { type: 'SignOffAfterWork', ...about, agentId }
    case 'enqueue':
      return {
        type: 'Enqueue',
        ...about,
        work: {
          interactionId: `${interactionId}-${offers}` as InteractionId,
          queueId: 'billing' as QueueId,
          channel: 'call',
          requiredSkills: ['billing'],
          offerTimeoutSeconds: 20,
          wrapUpSeconds: 60,
          enqueuedAt: at,
          countsFrom: at,
          place: 'inOrder',
          missedBy: [],
        },
      }
    case 'route':
      return { type: 'RouteNext', ...about, offerId: `o${offers}` as OfferId, seed: offers }
    case 'accept':
      return { type: 'AcceptOffer', ...about, offerId, agentId: of }
    case 'decline':
      return { type: 'DeclineOffer', ...about, offerId, agentId: of }
    case 'lapse':
      return { type: 'LapseOffer', ...about, offerId }
    case 'customerLeft':
      return { type: 'WithdrawOffer', ...about, offerId, why: 'customerLeft' }
    case 'agentLost':
      return { type: 'WithdrawOffer', ...about, offerId, why: 'agentLost' }
    case 'remove':
      return { type: 'RemoveWork', ...about, interactionId: busyWork(state, interactionId), why: 'failed' }
    case 'return':
      return { type: 'ReturnWork', ...about, interactionId: busyWork(state, interactionId), why: 'agentLost' }
    case 'wrapUp':
      return { type: 'StartWrapUp', ...about, interactionId: busyWork(state, interactionId) }
    case 'finish':
      return { type: 'FinishWrapUp', ...about, agentId, how: 'byAgent' }
    default:
      return unreachable(move)
  }
}

/** Work that somebody is busy with, or else any. */
const busyWork = (state: FloorState, otherwise: InteractionId): InteractionId => {
  if (state.status !== 'open') return otherwise
  const engaged = state.agents.values().find(({ agent }) => agent.presence.status === 'engaged')
  const presence = engaged?.agent.presence
  return presence?.status === 'engaged' ? presence.interactionId : otherwise
}
