import {
  type AgentEvent,
  type AgentId,
  agentStream,
  type FloorEvent,
  type RecordedEvent,
} from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import { rawIdOf } from '../graphql/ids.ts'
import { explainOffer, isOffer, type WorkOffered } from '../replay/explain-offer.ts'
import { CannotDo, type Command, type CommandIO, UsageError } from './command.ts'
import { openLogForReading } from './open-log.ts'
import { durationOf, tableOf, timeOf } from './table.ts'

const REASONS = {
  longestReady: 'ready longest of those who can: chosen',
  readyLater: 'can, but became ready later',
  skillMissing: 'does not have the skills',
  notReady: 'was not ready',
  reserved: 'was being offered other work',
  engaged: 'was with a customer',
  wrapUp: 'was in wrap-up',
  alreadyMissedThisOffer: 'had let this very contact go by',
} as const satisfies Record<WorkOffered['data']['considered'][number]['why'], string>

export const explain: Command = {
  summary: 'prints a routing decision again from the log alone, with its reasons',
  usage: 'explain [<offer id>]   without an id: the newest offer',
  async run(args, io) {
    if (args.length > 1) throw new UsageError('one offer at a time')
    await using store = await openLogForReading(io.config)
    const recorded = await findOffer(store, args[0])
    if (recorded === null) {
      throw new CannotDo(args[0] === undefined ? 'Nothing was ever offered.' : 'The log has no such offer.')
    }
    return await printDecision(store, recorded, io)
  },
}

/** Newest first: what people ask about is mostly of today. */
const findOffer = async (
  store: EventStore,
  given: string | undefined,
): Promise<RecordedEvent<WorkOffered> | null> => {
  const offerId = given === undefined ? null : rawIdOf('Offer', given)
  for await (const event of store.readAll({ direction: 'backwards' })) {
    if (!isOffer(event)) continue
    if (offerId === null || event.data.offerId === offerId) return event
  }
  return null
}

const printDecision = async (
  store: EventStore,
  recorded: RecordedEvent<WorkOffered>,
  { config, say }: CommandIO,
): Promise<number> => {
  const { data } = recorded
  const { same, again, before } = await explainOffer(store, recorded)
  const enqueuedAt = enqueuedIn(before, data.interactionId)
  const nameOf = await agentNames(
    store,
    data.considered.map(({ agentId }) => agentId),
  )
  say(`Offer ${data.offerId}`)
  say(`  at       ${timeOf(data.at, config.timeZone)}, position ${recorded.position} of the log`)
  say(`  contact  ${data.interactionId}, queue ${data.queueId}`)
  if (enqueuedAt !== null) say(`  waited   ${durationOf(Date.parse(data.at) - Date.parse(enqueuedAt))}`)
  say(`  to       ${nameOf(data.agentId)}, until ${timeOf(data.expiresAt, config.timeZone)}`)
  say(`  by       routing policy version ${data.policyVersion}, seed ${data.seed}`)
  say('')
  const rows = data.considered.map(({ agentId, eligible, why }) => [
    nameOf(agentId),
    eligible ? 'yes' : 'no',
    REASONS[why],
  ])
  for (const line of tableOf(['considered', 'eligible', 'why'], rows)) say(line)
  say('')
  if (same) {
    say('Running it again from the log gives the same answer.')
    return 0
  }
  say(
    again === null
      ? 'Running it again from the log gives NO offer: the record does not fit the log before it.'
      : `Running it again from the log gives ANOTHER answer: ${nameOf(again.data.agentId)}.`,
  )
  return 1
}

const enqueuedIn = (before: readonly FloorEvent[], interactionId: string): string | null => {
  for (const event of before) {
    if (event.type === 'WorkEnqueued' && event.data.work.interactionId === interactionId) {
      return event.data.work.enqueuedAt
    }
    if (event.type === 'FloorDayOpened') {
      const left = event.data.carriedOver.waiting.find((work) => work.interactionId === interactionId)
      if (left) return left.enqueuedAt
    }
  }
  return null
}

/** Names as the log has them today; an agent that it does not know is shown by the id. */
const agentNames = async (store: EventStore, ids: readonly AgentId[]): Promise<(id: AgentId) => string> => {
  const names = new Map<AgentId, string>()
  for (const id of ids) {
    for await (const event of store.readStream(agentStream(id))) {
      const { type, data } = event as unknown as AgentEvent
      if (type === 'AgentHired' || type === 'AgentProfileChanged') names.set(id, data.profile.name)
    }
  }
  return (id) => names.get(id) ?? id
}
