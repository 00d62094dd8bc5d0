import type { Channel, InteractionId, RecordedEvent } from '@centralino/domain'
import { type EventFacts, factsOf, type ReplayedEvent } from './event-facts.ts'

/** A busy day of a large floor; a longer one is cut there, and says so. About 200 bytes each. */
const MOST_EVENTS = 250_000

export const LANES = ['call', 'email', 'other'] as const
export type Lane = (typeof LANES)[number]

/** An interaction as the period tells it: other events of it name no more than its id, or its call's. */
type Known = Pick<EventFacts, 'customerId' | 'channel' | 'interactionId'>

export type PeriodSummary = {
  readonly events: number
  readonly decisions: number
  /** There were more; only the first are played. */
  readonly isCut: boolean
  /** The instants at which the notary sealed the log, ms since 1970, and the number of each checkpoint. */
  readonly seals: readonly { readonly at: number; readonly number: number }[]
}

/** Where each event of a period stands, so that any of them is found without a look at the log. */
export class Period {
  readonly #positions: string[] = []
  readonly #times: number[] = []
  readonly #lanes: number[] = []
  readonly #decisions: number[] = []
  readonly #seals: { at: number; number: number }[] = []
  readonly #interactions = new Map<string, Known>()
  readonly #calls = new Map<string, InteractionId>()
  readonly #legs = new Map<string, Pick<EventFacts, 'agentId'> & { readonly party: string }>()
  #isCut = false

  /** Takes the next event; false when there is no room for more. */
  add(event: RecordedEvent): boolean {
    if (this.#positions.length >= MOST_EVENTS) {
      this.#isCut = true
      return false
    }
    this.#learn(event)
    const { channel } = this.facts(event)
    this.#positions.push(event.position)
    this.#times.push(Date.parse(event.recordedAt))
    this.#lanes.push(LANES.indexOf(channel ?? 'other'))
    if (event.type === 'WorkOffered') this.#decisions.push(this.#positions.length)
    if (event.type === 'LogSealed')
      this.#seals.push({ at: Date.parse(event.recordedAt), number: Number(event.revision) + 1 })
    return true
  }

  get summary(): PeriodSummary {
    return {
      events: this.#positions.length,
      decisions: this.#decisions.length,
      isCut: this.#isCut,
      seals: this.#seals,
    }
  }

  /** Numbers count from 1; null beyond the period. */
  positionOf(number: number): string | null {
    return this.#positions[number - 1] ?? null
  }

  /** The last event up to a position, or an instant (ms since 1970); 0 before the first. */
  numberAt(until: string | number): number {
    const list: readonly (string | number)[] = typeof until === 'string' ? this.#positions : this.#times
    let [low, high] = [0, list.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((list[middle] as string | number) <= until) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The next decision after an event of this number, or the one before it. */
  decisionFrom(number: number, direction: 'next' | 'previous'): number | null {
    return (
      (direction === 'next'
        ? this.#decisions.find((one) => one > number)
        : this.#decisions.findLast((one) => one < number)) ?? null
    )
  }

  /** How many events of each lane fell into each of so many equal parts of a span, ms since 1970. */
  counts(from: number, until: number, parts: number): readonly (readonly number[])[] {
    const counts = LANES.map(() => new Array<number>(parts).fill(0))
    for (let index = this.numberAt(from - 1); index < this.#times.length; index += 1) {
      const time = this.#times[index] as number
      if (time >= until) break
      const part = Math.min(parts - 1, Math.floor(((time - from) / (until - from)) * parts))
      const lane = counts[this.#lanes[index] as number] as number[]
      lane[part] = (lane[part] as number) + 1
    }
    return counts
  }

  /** What the event says, and what the period knows besides of the contact that it names. */
  facts(event: RecordedEvent): EventFacts {
    const facts = factsOf(event)
    const data = event.data as { callId?: string; legId?: string }
    const interactionId =
      facts.interactionId ?? (data.callId === undefined ? null : (this.#calls.get(data.callId) ?? null))
    const known = interactionId === null ? undefined : this.#interactions.get(interactionId)
    const leg = data.legId === undefined ? undefined : this.#legs.get(data.legId)
    return {
      ...facts,
      interactionId,
      customerId: facts.customerId ?? known?.customerId ?? null,
      channel: facts.channel ?? known?.channel ?? null,
      agentId: facts.agentId ?? leg?.agentId ?? null,
      words: leg === undefined ? facts.words : { party: leg.party, ...facts.words },
    }
  }

  listed(event: RecordedEvent, number: number): ReplayedEvent {
    return {
      ...this.facts(event),
      number,
      position: event.position,
      eventId: event.id,
      type: event.type,
      occurredAt: event.metadata.occurredAt,
      recordedAt: event.recordedAt,
      actor: event.metadata.actor,
    }
  }

  #learn(event: RecordedEvent): void {
    const facts = factsOf(event)
    const { interactionId } = facts
    const data = event.data as { callId?: string; legId?: string; carrier?: { callId?: string } }
    const callId = data.callId ?? data.carrier?.callId
    if (interactionId !== null) {
      const known = this.#interactions.get(interactionId)
      this.#interactions.set(interactionId, {
        interactionId,
        customerId: facts.customerId ?? known?.customerId ?? null,
        channel: facts.channel ?? known?.channel ?? (null as Channel | null),
      })
      if (callId !== undefined) this.#calls.set(callId, interactionId)
    }
    if (data.legId === undefined) return
    if (event.type === 'CallReceived') this.#legs.set(data.legId, { agentId: null, party: 'customer' })
    if (event.type === 'LegOffered')
      this.#legs.set(data.legId, { agentId: facts.agentId, party: facts.words['party'] ?? 'agent' })
  }
}
