import type { EdgeFact, EdgeFactBody } from '../edge-contract/facts.ts'

export type FactLogOptions = {
  readonly edgeRun: string
  /** Past this many unacknowledged facts the log is full: calls are to be refused, and side facts are not kept. */
  readonly limit: number
  /** ISO 8601, UTC. */
  readonly now: () => string
}

/**
 * Facts that follow from a call that was let in, a few for each leg. They are kept even in a full log, which they
 * cannot overrun, since a full log lets no call in. Of the others a peer can make as many as he likes.
 */
const KEPT_ALWAYS = {
  CallArrived: true,
  LegEstablished: true,
  BrowserLegReady: true,
  MediaLost: true,
  LegEnded: true,
  PlaybackFinished: true,
  DigitReceived: false,
  HeldByPeer: false,
  ResumedByPeer: false,
  CallRefused: false,
} as const satisfies Record<EdgeFactBody['type'], boolean>

/** What the edge has to tell, numbered from 1 without a gap and kept until the hub has it on disk. */
export class FactLog {
  readonly edgeRun: string
  readonly #options: FactLogOptions
  readonly #kept: EdgeFact[] = []
  #number = 0
  #dropped = 0
  #onRecorded: ((fact: EdgeFact) => void) | null = null
  #onAcknowledged: (() => void) | null = null

  constructor(options: FactLogOptions) {
    this.edgeRun = options.edgeRun
    this.#options = options
  }

  /** True: let no new call in. */
  get full(): boolean {
    return this.#kept.length >= this.#options.limit
  }

  /** Facts that were not kept because the log was full. */
  get dropped(): number {
    return this.#dropped
  }

  /** Null when the log is full and the fact is one that a peer can make without end. */
  record(body: EdgeFactBody): EdgeFact | null {
    if (this.full && !KEPT_ALWAYS[body.type]) {
      this.#dropped += 1
      return null
    }
    this.#number += 1
    const fact: EdgeFact = { edgeRun: this.edgeRun, number: this.#number, at: this.#options.now(), body }
    this.#kept.push(fact)
    this.#onRecorded?.(fact)
    return fact
  }

  /** Every fact of that run up to `number` is on the hub's disk. Another run's acknowledgement means nothing here. */
  acknowledge(edgeRun: string, number: number): void {
    if (edgeRun !== this.edgeRun) return
    let count = 0
    while (count < this.#kept.length && (this.#kept[count]?.number ?? 0) <= number) count += 1
    if (count === 0) return
    this.#kept.splice(0, count)
    this.#onAcknowledged?.()
  }

  unacknowledged(): readonly EdgeFact[] {
    return [...this.#kept]
  }

  /** The one who passes facts on as they are recorded. */
  onRecorded(listener: ((fact: EdgeFact) => void) | null): void {
    this.#onRecorded = listener
  }

  /** Resolves when nothing waits for the hub any more, or after `milliseconds`; true when all was acknowledged. */
  async drained(milliseconds: number): Promise<boolean> {
    if (this.#kept.length === 0) return true
    const done = Promise.withResolvers<void>()
    const timer = setTimeout(done.resolve, milliseconds)
    this.#onAcknowledged = () => {
      if (this.#kept.length === 0) done.resolve()
    }
    await done.promise
    clearTimeout(timer)
    this.#onAcknowledged = null
    return this.#kept.length === 0
  }
}
