import type { EdgeAnswer, EdgeOrder, OrderBody, VoiceEdge } from '@centralino/telephony/edge-contract'
import type { Clock } from '../../time/clock.ts'

/** The edge did not answer in time; the order stands and the same id may be asked for again. */
export class EdgeSilentError extends Error {
  readonly code = 'EDGE_AWAY'
}

/** Orders with a limit to the waiting. */
export type EdgeOrders = {
  /** Throws `EdgeSilentError` when no answer came within 8 s: the edge is away or hangs. */
  ask(orderId: string, body: OrderBody): Promise<EdgeAnswer>
}

const PATIENCE_MILLISECONDS = 8_000

export const createEdgeOrders = (
  edge: Pick<VoiceEdge, 'order'>,
  clock: Pick<Clock, 'after'>,
): EdgeOrders => ({
  ask: async (orderId, body) => {
    const silence = Promise.withResolvers<never>()
    const callOff = clock.after(PATIENCE_MILLISECONDS, () =>
      silence.reject(new EdgeSilentError(`no answer to ${body.type}`)),
    )
    try {
      const order: EdgeOrder = { ...body, orderId }
      return await Promise.race([edge.order(order), silence.promise])
    } finally {
      callOff()
    }
  },
})
