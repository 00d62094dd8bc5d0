import type { EdgeAnswer } from '../edge-contract/orders.ts'

/** Answers remembered: more than a hub has in flight when it comes back from a restart. */
const ORDERS_REMEMBERED = 10_000

/**
 * Makes orders safe to send twice: each id is carried out once, and a repeat gets the first one's answer, also while
 * that is still being worked on. The oldest answered ones are forgotten.
 */
export class OrderMemory {
  readonly #answers = new Map<string, { answer: Promise<EdgeAnswer>; settled: boolean }>()
  readonly #limit: number

  constructor(limit = ORDERS_REMEMBERED) {
    this.#limit = limit
  }

  /** `carryOut` must not reject: a refusal is an answer. */
  once(orderId: string, carryOut: () => Promise<EdgeAnswer>): Promise<EdgeAnswer> {
    const known = this.#answers.get(orderId)
    if (known !== undefined) {
      // Asked for again: moves to the young end.
      this.#answers.delete(orderId)
      this.#answers.set(orderId, known)
      return known.answer
    }
    const entry = { answer: carryOut(), settled: false }
    entry.answer.then(
      () => {
        entry.settled = true
      },
      () => {
        entry.settled = true
      },
    )
    this.#answers.set(orderId, entry)
    this.#forgetOldest()
    return entry.answer
  }

  #forgetOldest(): void {
    if (this.#answers.size <= this.#limit) return
    for (const [orderId, { settled }] of this.#answers) {
      if (!settled) continue
      this.#answers.delete(orderId)
      if (this.#answers.size <= this.#limit) return
    }
  }
}
