import { createTimerSet } from '../../clock/timer-set.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import { tagOf } from '../message/name-addr.ts'
import type { Flow } from '../transport/sip-transport.ts'
import type { TransactionEnvironment } from './environment.ts'
import { createStateMachine } from './state-machine.ts'

export type InviteServerState = 'proceeding' | 'accepted' | 'completed' | 'confirmed' | 'terminated'

export type InviteServerTransaction = {
  readonly kind: 'inviteServer'
  readonly request: SipRequest
  /** Where it came from, and goes back to. */
  readonly source: Flow
  state(): InviteServerState
  /** The To tag of what was answered so far; null when nothing was, or 100 only. */
  answeredTag(): string | null
  /** The same INVITE again. */
  receiveRetransmission(): void
  /** An ACK that belongs to this transaction. */
  receiveAck(ack: SipRequest): void
  /**
   * Provisional while `proceeding`; one final response; 2xx again while `accepted` (§13.3.1.4 makes the TU send it
   * again). False when the state allows no such response any more: nothing was sent.
   */
  respond(response: SipResponse): boolean
  dispose(): void
}

export type InviteServerUser = {
  send(response: SipResponse): void
  /** RFC 6026 §7.1: an ACK that arrives while `accepted` is the TU's. */
  onAck(ack: SipRequest): void
  /** No ACK for a refusal within timer H. */
  onTimeout(): void
  onTerminated(): void
}

/** INVITE server transaction: §17.2.1 with the Accepted state of RFC 6026 §7.1. */
export const createInviteServerTransaction = (
  request: SipRequest,
  source: Flow,
  environment: TransactionEnvironment,
  user: InviteServerUser,
): InviteServerTransaction => {
  const { clock, timers, reliable, counters } = environment
  const machine = createStateMachine<InviteServerState>('INVITE server transaction', 'proceeding', {
    proceeding: ['accepted', 'completed', 'terminated'],
    accepted: ['terminated'],
    completed: ['confirmed', 'terminated'],
    confirmed: ['terminated'],
    terminated: [],
  })
  const pending = createTimerSet<'G' | 'H' | 'I' | 'L'>(clock)
  let last: SipResponse | null = null

  const terminate = (): void => {
    machine.transition('terminated')
    pending.clearAll()
    user.onTerminated()
  }

  const setTimerG = (interval: number): void =>
    pending.set('G', interval, () => {
      // "If timer G fires, the response is passed to the transport layer once more for retransmission, and timer G is
      // set to fire in MIN(2*T1, T2) seconds."
      if (last !== null) sendAgain(last)
      setTimerG(Math.min(2 * interval, timers.T2))
    })

  const sendAgain = (response: SipResponse): void => {
    counters.count('sip.retransmissionSent')
    user.send(response)
  }

  return {
    kind: 'inviteServer',
    request,
    source,
    state: () => machine.state,
    answeredTag: () => (last === null ? null : tagOf(last.to)),

    receiveRetransmission: () => {
      counters.count('sip.retransmissionReceived')
      // "If a request retransmission is received while in the "Proceeding" state, the most recent provisional response
      // that was received from the TU MUST be passed to the transport layer"; the same for the final one in
      // "Completed". RFC 6026 §7.1: in "Accepted" retransmissions are absorbed; §17.2.1: in "Confirmed" too.
      if (last !== null && (machine.state === 'proceeding' || machine.state === 'completed')) sendAgain(last)
    },

    receiveAck: (ack) => {
      if (machine.state === 'completed') {
        // "If an ACK is received while the server transaction is in the "Completed" state, the server transaction
        // MUST transition to the "Confirmed" state." Timer I: T4 for unreliable transports.
        machine.transition('confirmed')
        pending.clear('G', 'H')
        pending.set('I', timers.I, terminate)
      } else if (machine.state === 'accepted') user.onAck(ack)
    },

    respond: (response) => {
      const { status } = response
      if (machine.state === 'proceeding') {
        last = response
        if (status >= 300) {
          // "While in the "Proceeding" state, if the TU passes a response with status code from 300 to 699 …, the
          // state machine MUST enter the "Completed" state."
          machine.transition('completed')
          if (!reliable) setTimerG(timers.T1)
          pending.set('H', timers.H, () => {
            // "If timer H fires while in the "Completed" state, it implies that the ACK was never received."
            counters.count('sip.transactionTimeout')
            terminate()
            user.onTimeout()
          })
        } else if (status >= 200) {
          // RFC 6026 §7.1: a 2xx moves to "Accepted" and timer L is set to 64*T1.
          machine.transition('accepted')
          pending.set('L', timers.L, terminate)
        }
        user.send(response)
        return true
      }
      if (machine.state === 'accepted' && status >= 200 && status < 300) {
        sendAgain(response)
        return true
      }
      return false
    },

    dispose: () => {
      if (machine.state !== 'terminated') terminate()
    },
  }
}
