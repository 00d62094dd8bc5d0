import { createTimerSet } from '../../clock/timer-set.ts'
import type { Dialog } from '../dialog/dialog.ts'
import { header } from '../message/headers.ts'
import { type SipRequest, type SipResponse, sdpOf } from '../message/message.ts'
import type { ClientTransaction } from '../transaction/transaction-layer.ts'
import { allowHeader, type Core, type RequestUser, sendAck, sendRequest, supportedHeader } from './core.ts'
import type { ReinviteOutcome } from './session.ts'

export type ReinviteClient = {
  start(offer: string): Promise<ReinviteOutcome>
  /** True from a re-INVITE's sending, its waits after 491 included, to its outcome. */
  isPending(): boolean
  /** The session ended: the outcome is `notPossible`; a 2xx that still comes is acknowledged. */
  abandon(): void
}

export type ReinviteClientOptions = {
  readonly dialog: Dialog
  readonly ownsCallId: boolean
  /** §14.1: no re-INVITE "while another INVITE transaction is in progress in either direction". */
  mayStart(): boolean
  /** 408 or 481: the peer does not know the dialog any more, or is gone (§12.2.1.2). */
  onLost(sipStatus: number): void
}

const MAXIMUM_TRIES = 5

/** The UAC role of re-INVITE (§14.1). */
export const createReinviteClient = (core: Core, options: ReinviteClientOptions): ReinviteClient => {
  const { dialog, ownsCallId } = options
  const timers = createTimerSet<'retry'>(core.clock)
  let resolve: ((outcome: ReinviteOutcome) => void) | null = null
  let sent: ClientTransaction | null = null

  const settle = (outcome: ReinviteOutcome): void => {
    timers.clearAll()
    const waiting = resolve
    resolve = null
    waiting?.(outcome)
  }

  /**
   * §14.1: after 491 the owner of the Call-ID waits 2.1 to 4 s, the other side 0 to 2 s, in steps of 10 ms, so that they
   * do not meet again.
   */
  const glareWait = (): number =>
    ownsCallId ? 2100 + 10 * Math.floor(core.random() * 191) : 10 * Math.floor(core.random() * 201)

  const send = (offer: string, tries: number): void => {
    const request = dialog.request('INVITE', core.transactions.newVia(), {
      headers: [core.contact, allowHeader, supportedHeader, header('User-Agent', core.name)],
      body: { type: 'application/sdp', text: offer },
    })
    let ack: SipRequest | null = null
    const acknowledge = (response: SipResponse): void => {
      // §13.2.2.4: the ACK is sent again for each 2xx that is sent again.
      if (ack === null) {
        dialog.refreshTarget(response)
        ack = dialog.ack(request.cseq.number, core.transactions.newVia())
      }
      sendAck(core, ack, dialog.nextHop())
    }
    const lost = (status: number): void => {
      settle({ outcome: 'refused', status })
      options.onLost(status)
    }
    const user: RequestUser = {
      onResponse: (response) => {
        const { status } = response
        if (status < 200) return
        if (status < 300) {
          const first = ack === null
          acknowledge(response)
          if (first) settle({ outcome: 'answered', sdp: sdpOf(response) })
          return
        }
        if (resolve === null) return
        if (status === 491 && tries < MAXIMUM_TRIES) {
          timers.set('retry', glareWait(), () => {
            if (options.mayStart()) send(offer, tries + 1)
            else settle({ outcome: 'refused', status: 491 })
          })
        } else if (status === 408 || status === 481) lost(status)
        else settle({ outcome: 'refused', status })
      },
      onTimeout: () => {
        if (resolve !== null) lost(408)
      },
      onTransportError: () => {
        if (resolve !== null) lost(408)
      },
    }
    sendRequest(core, request, dialog.nextHop(), user, (transaction) => {
      sent = transaction
    })
  }

  /** A peer that answers 1xx and then nothing leaves a transaction without a timer (§17.1.1.2): it gets one here. */
  const letGo = (): void => {
    const transaction = sent
    sent = null
    if (transaction === null || !['calling', 'proceeding'].includes(transaction.state())) return
    const cancel = core.clock.setTimer(64 * core.transactions.T1, () => dispose())
    const dispose = (): void => {
      cancel()
      core.registry.disposals.delete(dispose)
      transaction.dispose()
    }
    core.registry.disposals.add(dispose)
  }

  return {
    start: (offer) => {
      if (resolve !== null || !options.mayStart()) return Promise.resolve({ outcome: 'notPossible' })
      return new Promise((settled) => {
        resolve = settled
        send(offer, 1)
      })
    },
    isPending: () => resolve !== null,
    abandon: () => {
      settle({ outcome: 'notPossible' })
      letGo()
    },
  }
}
