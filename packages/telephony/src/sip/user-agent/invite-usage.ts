import { Q850 } from '../../q850.ts'
import type { Dialog } from '../dialog/dialog.ts'
import { header } from '../message/headers.ts'
import { type SipRequest, sdpOf } from '../message/message.ts'
import { q850Of } from '../message/reason.ts'
import type { InviteServerTransaction } from '../transaction/invite-server-transaction.ts'
import type { ServerTransaction } from '../transaction/transaction-layer.ts'
import { acceptedContent } from './accepted-content.ts'
import { type AcceptedResponse, sendAccepted } from './accepted-response.ts'
import { answerBye, sendBye } from './bye.ts'
import { type Core, contain, reply } from './core.ts'
import { answerOptions } from './options.ts'
import { createReinviteClient } from './re-invite-client.ts'
import { createReinviteServer } from './re-invite-server.ts'
import type { ReinviteOutcome, SessionEnd, SessionListener } from './session.ts'
import type { DialogUsage } from './usage-registry.ts'

/**
 * One session's use of its dialog, the same for both roles (RFC 5057): requests within it, ACK of our 2xx, re-INVITE
 * both ways, BYE both ways.
 */
export type InviteUsage = DialogUsage & {
  readonly dialog: Dialog
  /** 2xx to an INVITE of the peer with our SDP, sent again until its ACK. */
  accept(transaction: InviteServerTransaction, sdp: string, of: 'invite' | 'reinvite'): void
  /** We hang up: BYE now, or as soon as the peer has acknowledged our 2xx (§15). */
  hangUp(q850: number, end: SessionEnd): void
  /** The session is over without a BYE of ours. */
  finish(end: SessionEnd): void
  reinvite(offer: string): Promise<ReinviteOutcome>
  /** True once confirmed, every 2xx of ours acknowledged, and not ended. */
  isEstablished(): boolean
  isEnded(): boolean
  /** True unless our 2xx to the first INVITE waits for its ACK. */
  isAcknowledged(): boolean
  dispose(): void
}

export type InviteUsageOptions = {
  readonly dialog: Dialog
  /** True where we made the call: the Call-ID is ours (§14.1). */
  readonly ownsCallId: boolean
  readonly listener: () => SessionListener | null
  /** An early dialog's BYE (§15): the owner refuses its INVITE. */
  onEarlyBye(): void
  /** Called once. */
  onEnded(end: SessionEnd): void
}

type Unacknowledged = {
  readonly response: AcceptedResponse
  readonly of: 'invite' | 'reinvite'
  /** Our 2xx carried the offer: the answer comes in the ACK (§13.2.1). */
  readonly lateAnswer: boolean
}

/** The session that an INVITE made within its dialog (RFC 5057 §4): its ACKs, re-INVITEs and BYE, from the first 2xx on. */
export const createInviteUsage = (core: Core, options: InviteUsageOptions): InviteUsage => {
  const { dialog } = options
  /** Our 2xx that wait for their ACK, by the CSeq number of the INVITE. */
  const unacknowledged = new Map<number, Unacknowledged>()
  let phase: 'live' | 'hangingUp' | 'ended' = 'live'
  let afterAck: (() => void) | null = null

  const close = (): void => {
    phase = 'ended'
    for (const waiting of unacknowledged.values()) waiting.response.dispose()
    unacknowledged.clear()
    core.registry.remove(dialog.key)
    core.registry.disposals.delete(usage.dispose)
  }

  const report = (end: SessionEnd): void => {
    reinviteClient.abandon()
    reinviteServer.abandon()
    options.onEnded(end)
  }

  const reinviteClient = createReinviteClient(core, {
    dialog,
    ownsCallId: options.ownsCallId,
    mayStart: () => usage.isEstablished() && !reinviteServer.isPending(),
    onLost: (sipStatus) =>
      usage.hangUp(Q850.recoveryOnTimerExpiry, {
        how: 'noResponse',
        by: 'stack',
        q850: Q850.recoveryOnTimerExpiry,
        sipStatus,
      }),
  })
  const reinviteServer = createReinviteServer(core, {
    listener: options.listener,
    accept: (transaction, sdp) => {
      dialog.refreshTarget(transaction.request)
      usage.accept(transaction, sdp, 'reinvite')
    },
  })

  const usage: InviteUsage = {
    dialog,
    accept: (transaction, sdp, of) => {
      dialog.confirm()
      const number = transaction.request.cseq.number
      const response = acceptedContent(core, transaction.request, dialog, sdp, of === 'invite')
      const offered = sdpOf(transaction.request) !== null
      const accepted = sendAccepted(core, transaction, response, () => {
        unacknowledged.delete(number)
        // §13.3.1.4: "the dialog is confirmed, but the session SHOULD be terminated … with a BYE."
        core.counters.count('sip.transactionTimeout')
        if (phase === 'hangingUp') afterAck?.()
        else {
          usage.hangUp(Q850.recoveryOnTimerExpiry, {
            how: 'noAck',
            by: 'stack',
            q850: Q850.recoveryOnTimerExpiry,
            sipStatus: null,
          })
        }
      })
      unacknowledged.set(number, { response: accepted, of, lateAnswer: !offered })
    },

    receiveAck: (ack) => {
      const awaited = unacknowledged.get(ack.cseq.number)
      if (awaited === undefined) return
      awaited.response.dispose()
      unacknowledged.delete(ack.cseq.number)
      if (phase === 'hangingUp') {
        if (unacknowledged.size === 0) afterAck?.()
        return
      }
      const sdp = awaited.lateAnswer ? sdpOf(ack) : null
      contain(core, () => options.listener()?.onAck?.({ sdp, of: awaited.of }))
    },

    receiveRequest: (transaction) => {
      const { request } = transaction
      if (!dialog.takeInOrder(request)) {
        reply(core, transaction, 500)
        return
      }
      if (transaction.kind === 'inviteServer') {
        if (phase !== 'live') reply(core, transaction, 481)
        else if (dialog.state() === 'early') retryLater(core, transaction)
        else {
          reinviteServer.receive(transaction, {
            glare: reinviteClient.isPending(),
            answerAwaited: [...unacknowledged.values()].some((awaited) => awaited.lateAnswer),
          })
        }
        return
      }
      if (request.method === 'BYE') receiveBye(request, transaction)
      else if (request.method === 'OPTIONS') answerOptions(core, transaction, true)
      else reply(core, transaction, 481)
    },

    hangUp: (q850, end) => {
      if (phase !== 'live') return
      phase = 'hangingUp'
      const bye = (): void => {
        afterAck = null
        sendBye(core, dialog, q850, () => {
          if (phase !== 'ended') close()
        })
      }
      // §15: "the callee's UA MUST NOT send a BYE on a confirmed dialog until it has received an ACK for its 2xx
      // response or until the server transaction times out."
      if (unacknowledged.size === 0) bye()
      else afterAck = bye
      report(end)
    },

    finish: (end) => {
      if (phase === 'ended') return
      const wasLive = phase === 'live'
      close()
      if (wasLive) report(end)
    },

    reinvite: (offer) => reinviteClient.start(offer),
    isEstablished: () => phase === 'live' && dialog.state() === 'confirmed' && unacknowledged.size === 0,
    isEnded: () => phase !== 'live',
    isAcknowledged: () => ![...unacknowledged.values()].some((waiting) => waiting.of === 'invite'),
    dispose: () => {
      if (phase === 'ended') return
      const wasLive = phase === 'live'
      reinviteClient.abandon()
      close()
      if (wasLive)
        report({ how: 'transportFailed', by: 'stack', q850: Q850.temporaryFailure, sipStatus: null })
    },
  }

  const receiveBye = (request: SipRequest, transaction: ServerTransaction): void => {
    answerBye(core, transaction)
    // Both hung up at once (RFC 5407 §3.2.3): the end is told already; a BYE of ours that still waits for an ACK, and the
    // 200 that goes out until then, have nobody to reach any more.
    if (phase === 'live' && dialog.state() === 'early') {
      options.onEarlyBye()
      return
    }
    usage.finish({ how: 'bye', by: 'peer', q850: q850Of(request) ?? Q850.normalClearing, sipStatus: null })
  }

  core.registry.add(dialog.key, usage)
  core.registry.disposals.add(usage.dispose)
  return usage
}

/** §14.2: a second INVITE before the first is answered gets 500 with a random Retry-After of 0 to 10 seconds. */
const retryLater = (core: Core, transaction: InviteServerTransaction): void => {
  reply(core, transaction, 500, {
    headers: [header('Retry-After', String(Math.floor(core.random() * 11)))],
  })
}
