import type { EdgeFact } from './facts.ts'
import type { ReceivingSip } from './frames.ts'
import type { EdgeAnswer, EdgeOrder } from './orders.ts'
import type { EdgeStartFailure } from './start-failure.ts'

/** The order without its id, as a union that keeps each member apart. */
export type OrderBody = EdgeOrder extends infer O ? (O extends EdgeOrder ? Omit<O, 'orderId'> : never) : never

export type VoiceEdgeStatus =
  | { readonly status: 'starting' }
  | {
      readonly status: 'up'
      readonly edgeRun: string
      readonly sip: ReceivingSip
    }
  | {
      readonly status: 'away'
      readonly since: string
      readonly error: string | null
      /** The literal cause, where the last edge could not start and named one. */
      readonly startFailure: EdgeStartFailure | null
    }

/** The hub's side of the contract: the real edge over its socket, or a fake in tests. */
export type VoiceEdge = AsyncDisposable & {
  status(): VoiceEdgeStatus
  /** Sends an order and waits for its answer; repeats it with the same id after a reconnect. */
  order(order: EdgeOrder): Promise<EdgeAnswer>
  /**
   * Facts in order, each awaited before the next; acknowledged to the edge when the listener resolves.
   * `onHello` runs after each (re)connect, before any fact, with the legs that live.
   */
  listen(listener: {
    onHello(
      edgeRun: string,
      legs: readonly { legId: string; kind: 'sip' | 'browser'; state: string }[],
    ): Promise<void>
    onFact(fact: EdgeFact): Promise<void>
  }): void
  counters(): Readonly<Record<string, number>>
}
