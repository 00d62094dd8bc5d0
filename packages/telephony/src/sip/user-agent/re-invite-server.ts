import { header } from '../message/headers.ts'
import { sdpOf } from '../message/message.ts'
import type { InviteServerTransaction } from '../transaction/invite-server-transaction.ts'
import { type Core, contain, reply } from './core.ts'
import type { ReinviteDecision, SessionListener } from './session.ts'

export type ReinviteServer = {
  receive(
    transaction: InviteServerTransaction,
    state: { readonly glare: boolean; readonly answerAwaited: boolean },
  ): void
  /** True from a re-INVITE's arrival to its final response. */
  isPending(): boolean
  /** The session ended: a pending re-INVITE gets 487 (§15.1.2). */
  abandon(): void
}

export type ReinviteServerOptions = {
  listener(): SessionListener | null
  accept(transaction: InviteServerTransaction, sdp: string): void
}

/** The UAS role of re-INVITE (§14.2). The owner decides, at once or later; the session stands as it was until then. */
export const createReinviteServer = (core: Core, options: ReinviteServerOptions): ReinviteServer => {
  let pending: InviteServerTransaction | null = null

  const settle = (transaction: InviteServerTransaction, decision: ReinviteDecision): void => {
    // Cancelled or abandoned meanwhile: its final response is out.
    if (pending !== transaction) return
    release()
    if ('sdp' in decision) options.accept(transaction, decision.sdp)
    else reply(core, transaction, decision.refuse)
  }

  const release = (): void => {
    if (pending !== null) core.registry.pendingInvites.delete(pending)
    pending = null
  }

  const refusePending = (): void => {
    const transaction = pending
    if (transaction === null) return
    release()
    reply(core, transaction, 487)
  }

  const reportFailure = (error: unknown): void =>
    contain(core, () => {
      throw error
    })

  const decide = (transaction: InviteServerTransaction): ReinviteDecision | Promise<ReinviteDecision> => {
    try {
      return options.listener()?.onReinvite?.(sdpOf(transaction.request)) ?? { refuse: 488 }
    } catch (error) {
      reportFailure(error)
      return { refuse: 500 }
    }
  }

  return {
    receive: (transaction, { glare, answerAwaited }) => {
      if (pending !== null) {
        // "A UAS that receives a second INVITE before it sends the final response to a first INVITE with a lower CSeq
        // sequence number on the same dialog MUST return a 500 … and MUST include a Retry-After header field with a
        // randomly chosen value of between 0 and 10 seconds."
        reply(core, transaction, 500, {
          headers: [header('Retry-After', String(Math.floor(core.random() * 11)))],
        })
        return
      }
      if (glare || answerAwaited) {
        // "A UAS that receives an INVITE on a dialog while an INVITE it had sent on that dialog is in progress MUST
        // return a 491"; the same while an offer of ours waits for its answer in ACK (RFC 5407 §3.1.4).
        reply(core, transaction, 491)
        return
      }
      pending = transaction
      core.registry.pendingInvites.set(transaction, { localTag: null, cancelled: refusePending })
      const decision = decide(transaction)
      if (!(decision instanceof Promise)) {
        settle(transaction, decision)
        return
      }
      // §17.2.1: 100 within 200 ms when the answer takes longer.
      reply(core, transaction, 100)
      decision.then(
        (decided) => settle(transaction, decided),
        (error: unknown) => {
          reportFailure(error)
          settle(transaction, { refuse: 500 })
        },
      )
    },
    isPending: () => pending !== null,
    abandon: refusePending,
  }
}
