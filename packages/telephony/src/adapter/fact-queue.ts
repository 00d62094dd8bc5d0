import type { EdgeLog } from '../edge-contract/edge-log.ts'
import type { EdgeFact } from '../edge-contract/facts.ts'
import type { VoiceEdge } from '../edge-contract/voice-edge.ts'

export type FactListener = Parameters<VoiceEdge['listen']>[0]
type Legs = Parameters<FactListener['onHello']>[1]

export type FactQueueOptions = {
  readonly log: EdgeLog
  /** Everything of that run up to `number` is done. */
  readonly acknowledge: (edgeRun: string, number: number) => void
  /** Milliseconds before the nth try is repeated. */
  readonly retryAfter?: (tries: number) => number
}

/** A fact that the hub cannot take however often it is told must not stop all calls for ever. */
const MOST_TRIES = 10
const defaultRetryAfter = (tries: number): number => Math.min(5_000, 100 * 2 ** tries)

/**
 * Hands the edge's hello and facts to one listener, one after the other, and acknowledges what it has taken. What the
 * edge tells again after a reconnect is told to the listener once. The edge bounds how many facts can wait.
 */
export class FactQueue {
  readonly #options: FactQueueOptions
  readonly #waiting: ({ hello: { edgeRun: string; legs: Legs } } | { fact: EdgeFact })[] = []
  #listener: FactListener | null = null
  #working: Promise<void> | null = null
  #closed = false
  /** Of the present run: the last number seen, in work, and done. */
  #run = ''
  #seen = 0
  #done = 0
  #inWork = 0

  constructor(options: FactQueueOptions) {
    this.#options = options
  }

  listen(listener: FactListener): void {
    this.#listener = listener
    this.#work()
  }

  hello(edgeRun: string, legs: Legs): void {
    if (edgeRun !== this.#run) {
      this.#run = edgeRun
      this.#done = 0
      this.#inWork = 0
    }
    // The edge tells again what was not acknowledged: what still waits here comes anew.
    this.#waiting.length = 0
    this.#seen = Math.max(this.#done, this.#inWork)
    this.#waiting.push({ hello: { edgeRun, legs } })
    this.#work()
  }

  fact(fact: EdgeFact): void {
    if (fact.edgeRun !== this.#run) return
    if (fact.number <= this.#seen) {
      if (fact.number <= this.#done) this.#options.acknowledge(this.#run, this.#done)
      return
    }
    this.#seen = fact.number
    this.#waiting.push({ fact })
    this.#work()
  }

  /** Resolves when nothing waits and nothing is in work. */
  async idle(): Promise<void> {
    while (this.#working !== null) await this.#working
  }

  close(): void {
    this.#closed = true
    this.#waiting.length = 0
  }

  #work(): void {
    if (this.#working !== null || this.#listener === null) return
    this.#working = this.#workOff(this.#listener).finally(() => {
      this.#working = null
      if (this.#waiting.length > 0) this.#work()
    })
  }

  async #workOff(listener: FactListener): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if ('hello' in next) {
        const { edgeRun, legs } = next.hello
        await this.#try('hello', () => listener.onHello(edgeRun, legs))
        continue
      }
      const { fact } = next
      this.#inWork = fact.number
      await this.#try(fact.body.type, () => listener.onFact(fact))
      if (fact.edgeRun !== this.#run || this.#closed) continue
      this.#done = fact.number
      this.#options.acknowledge(fact.edgeRun, fact.number)
    }
  }

  async #try(what: string, task: () => Promise<void>): Promise<void> {
    for (let tries = 1; !this.#closed; tries++) {
      try {
        await task()
        return
      } catch (error) {
        const { log, retryAfter = defaultRetryAfter } = this.#options
        if (tries === MOST_TRIES) {
          log.error({ what, error, tries }, 'the hub could not take what the voice edge told: given up')
          return
        }
        log.warn({ what, error, tries }, 'the hub could not take what the voice edge told: tried again')
        await new Promise((resolve) => setTimeout(resolve, retryAfter(tries)))
      }
    }
  }
}
