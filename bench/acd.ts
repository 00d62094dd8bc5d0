import { pathToFileURL } from 'node:url'
import {
  type AgentId,
  type FloorCommand,
  type FloorEvent,
  type FloorState,
  floorDecider,
  type Instant,
  type InteractionId,
  NOTHING_CARRIED_OVER,
  type OfferId,
  parseId,
  parseInstant,
  plusMilliseconds,
  waitingOnFloor,
} from '@centralino/domain'
import { type Figure, printFigures } from './figure.ts'

const AGENTS = 1_000
const WAITING = 1_000
const SKILLS = 12
const QUEUES = 20
const WARM_UP_MILLISECONDS = 1_000
/** How long each figure is measured, after the compiler has warmed up. */
const MEASURED_MILLISECONDS = 1_500

const floorId = parseId('floor', 'bench')
const start = parseInstant('2026-11-24T08:00:00Z')

/** A floor under test: a fold and a clock that moves a millisecond with each command. */
type Floor = { state: FloorState; clock: number; second: string; serial: number }

/** Makes an instant's text without calendar arithmetic but once a second, so that the harness weighs little. */
const now = (floor: Floor): Instant => {
  floor.clock += 1
  const millisecond = floor.clock % 1_000
  if (millisecond === 0) floor.second = plusMilliseconds(start, floor.clock).slice(0, 20)
  return `${floor.second}${String(millisecond).padStart(3, '0')}Z` as Instant
}

const serialId = <Of extends string>(of: Of, floor: Floor) => {
  floor.serial += 1
  return parseId(of, `0193a5b2-7c1e-7000-8000-${String(floor.serial).padStart(12, '0')}`)
}

const run = (floor: Floor, command: FloorCommand): readonly FloorEvent[] => {
  const decision = floorDecider.decide(command, floor.state)
  if (decision.outcome === 'refused') throw new Error(`${command.type}: ${decision.refusal.code}`)
  for (const event of decision.events) floor.state = floorDecider.evolve(floor.state, event)
  return decision.events
}

/** Every agent has three skills of twelve, every queue asks for one or two: some agents fit, most do not. */
const skillsOfAgent = (index: number): readonly string[] =>
  [0, 1, 2].map((nth) => `skill-${(index * 5 + nth * (1 + (index % 3))) % SKILLS}`)

const skillsOfQueue = (index: number): readonly string[] =>
  index % 2 === 0 ? [`skill-${index % SKILLS}`] : [`skill-${index % SKILLS}`, `skill-${(index + 1) % SKILLS}`]

const enqueue = (floor: Floor): void => {
  const interactionId = serialId('interaction', floor)
  const queue = floor.serial % QUEUES
  const at = now(floor)
  run(floor, {
    type: 'Enqueue',
    floorId,
    work: {
      interactionId,
      queueId: parseId('queue', `queue-${queue}`),
      channel: 'call',
      requiredSkills: skillsOfQueue(queue),
      offerTimeoutSeconds: 20,
      wrapUpSeconds: 30,
      enqueuedAt: at,
      countsFrom: at,
      place: 'inOrder',
      missedBy: [],
    },
    at,
  })
}

const becomeReady = (floor: Floor, agentId: AgentId): void => {
  run(floor, { type: 'BecomeReady', floorId, agentId, at: now(floor) })
}

/** 1,000 agents of whom `ready` are ready and the rest on a break, and 1,000 pieces of work waiting. */
const busyFloor = (ready: number): Floor => {
  const floor: Floor = { state: floorDecider.initialState, clock: 0, second: start.slice(0, 20), serial: 0 }
  run(floor, {
    type: 'OpenFloorDay',
    floorId,
    day: '2026-11-24',
    carriedOver: NOTHING_CARRIED_OVER,
    signingOff: [],
    at: now(floor),
  })
  for (let index = 0; index < AGENTS; index += 1) {
    const agentId = serialId('agent', floor)
    run(floor, { type: 'SignOn', floorId, agentId, skills: skillsOfAgent(index), at: now(floor) })
    if (index % Math.round(AGENTS / ready) === 0) becomeReady(floor, agentId)
  }
  for (let index = 0; index < WAITING; index += 1) enqueue(floor)
  return floor
}

/** Runs `step` for a while and gives how many steps a second it made. */
const pace = (step: () => void, milliseconds: number): number => {
  const began = performance.now()
  let steps = 0
  let elapsed = 0
  while (elapsed < milliseconds) {
    for (let batch = 0; batch < 50; batch += 1) step()
    steps += 50
    elapsed = performance.now() - began
  }
  return (steps * 1_000) / elapsed
}

const perSecond = (step: () => void): number => {
  pace(step, WARM_UP_MILLISECONDS)
  return pace(step, MEASURED_MILLISECONDS)
}

type Offered = { readonly offerId: OfferId; readonly agentId: AgentId; readonly interactionId: InteractionId }

const route = (floor: Floor): Offered => {
  const events = run(floor, {
    type: 'RouteNext',
    floorId,
    offerId: serialId('offer', floor),
    seed: floor.serial,
    at: now(floor),
  })
  const offer = events[0]
  if (offer?.type !== 'WorkOffered') throw new Error('nobody to offer to')
  return offer.data
}

/** Many floors that differ: half of the agents ready, fewer with each. */
const manyFloors = (): { readonly states: readonly FloorState[]; readonly at: Instant } => {
  const floor = busyFloor(500)
  const states: FloorState[] = []
  for (let index = 0; index < 200; index += 1) {
    states.push(floor.state)
    route(floor)
  }
  return { states, at: now(floor) }
}

/** One decision after another, each on another floor; `use` gets the floor and the offer. */
const decisions = (use: (state: FloorState, offer: FloorEvent) => void): number => {
  const { states, at } = manyFloors()
  const offerId = parseId('offer', 'bench')
  let seed = 0
  return perSecond(() => {
    seed += 1
    const state = states[seed % states.length] ?? floorDecider.initialState
    const decision = floorDecider.decide({ type: 'RouteNext', floorId, offerId, seed, at }, state)
    const offer = decision.outcome === 'accepted' ? decision.events[0] : undefined
    if (offer === undefined) throw new Error('nobody to offer to')
    use(state, offer)
  })
}

/**
 * A contact's whole way: offered, accepted, wrapped up, the agent ready again, the next work queued. Five commands
 * decided and folded, each on the state that the last one made, so the floor stays as full as it began.
 */
const contacts = (ready: number): number => {
  const floor = busyFloor(ready)
  return perSecond(() => {
    const { offerId, agentId, interactionId } = route(floor)
    run(floor, { type: 'AcceptOffer', floorId, offerId, agentId, at: now(floor) })
    run(floor, { type: 'StartWrapUp', floorId, interactionId, at: now(floor) })
    run(floor, { type: 'FinishWrapUp', floorId, agentId, how: 'byAgent', at: now(floor) })
    enqueue(floor)
  })
}

/** The unavoidable: a list of 1,000 reasons made from 1,000 that are at hand, and nothing decided. */
const bareList = (): number => {
  const reasons = Array.from({ length: AGENTS }, (_none, index) => ({
    agentId: `agent-${index}`,
    why: index % 8,
  }))
  let listed = 0
  return perSecond(() => {
    const considered = new Array<unknown>(AGENTS)
    for (const [index, reason] of reasons.entries()) considered[index] = reason
    listed += considered.length
    if (listed < AGENTS) throw new Error('the list is short')
  })
}

/** Routing decisions a second with 1,000 agents on the floor and 1,000 pieces of work waiting. */
export const benchAcd = async (): Promise<Figure[]> => {
  if (waitingOnFloor(busyFloor(500).state).length !== WAITING)
    throw new Error('the floor is not as full as it should be')
  const ceiling = { figure: bareList(), what: 'bare list of 1,000' }
  const unit = 'decisions/s'
  const target = '≥ 20,000'
  return [
    {
      name: 'ACD decisions, 1,000 agents, 1,000 waiting',
      figure: decisions(() => {}),
      unit,
      target,
      ceiling,
    },
    {
      name: 'ACD decisions, each folded into the state',
      figure: decisions((state, offer) => {
        if (floorDecider.evolve(state, offer) === state) throw new Error('nothing was folded')
      }),
      unit,
      target,
      ceiling,
    },
    { name: 'whole contacts (5 commands), 500 ready', figure: contacts(500), unit: 'contacts/s' },
    { name: 'whole contacts (5 commands), 20 ready', figure: contacts(20), unit: 'contacts/s' },
  ]
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  printFigures(await benchAcd())
