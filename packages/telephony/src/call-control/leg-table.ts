import type { EdgeRefusalCode } from '../edge-contract/orders.ts'
import type { Leg } from './leg.ts'

export type OrderRefusal = { readonly refused: EdgeRefusalCode; readonly detail: string }

export const refuse = (refused: EdgeRefusalCode, detail: string): OrderRefusal => ({ refused, detail })

/** Ended legs whose ids are remembered, so that a late order is told LEG_ENDED rather than LEG_UNKNOWN. */
const ENDED_REMEMBERED = 5_000

/** The legs that live, and the ids of those that lived lately. */
export class LegTable {
  readonly #legs = new Map<string, Leg>()
  readonly #ended = new Set<string>()

  get size(): number {
    return this.#legs.size
  }

  get(legId: string): Leg | null {
    return this.#legs.get(legId) ?? null
  }

  /** The leg, or why an order to it is refused. */
  find(legId: string): Leg | OrderRefusal {
    const leg = this.#legs.get(legId)
    if (leg !== undefined) return leg
    return this.#ended.has(legId)
      ? refuse('LEG_ENDED', 'the leg has ended')
      : refuse('LEG_UNKNOWN', 'no such leg on this edge')
  }

  /** True when the id is or was taken. */
  knows(legId: string): boolean {
    return this.#legs.has(legId) || this.#ended.has(legId)
  }

  add(leg: Leg): void {
    this.#legs.set(leg.legId, leg)
  }

  remove(legId: string): void {
    if (!this.#legs.delete(legId)) return
    this.#ended.add(legId)
    if (this.#ended.size <= ENDED_REMEMBERED) return
    const [oldest] = this.#ended
    if (oldest !== undefined) this.#ended.delete(oldest)
  }

  all(): readonly Leg[] {
    return [...this.#legs.values()]
  }
}
