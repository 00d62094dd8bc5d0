import { unreachable } from '@centralino/domain/kernel'
import { createTimerSet } from '../clock/timer-set.ts'
import { ackOfRefusal } from '../message/derived-requests.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import type { TransactionEnvironment } from './environment.ts'
import { createStateMachine } from './state-machine.ts'

export type InviteClientState = 'calling' | 'proceeding' | 'accepted' | 'completed' | 'terminated'

export type InviteClientTransaction = {
  readonly kind: 'inviteClient'
  readonly request: SipRequest
  state(): InviteClientState
  receiveResponse(response: SipResponse): void
  transportFailed(error: Error): void
  dispose(): void
}

export type ClientUser = {
  /** The request itself, and for an INVITE the ACK of a refusal. */
  send(request: SipRequest): void
  /** Each provisional response, the final one, and each further 2xx to an INVITE. */
  onResponse(response: SipResponse): void
  /** Nothing came within timer B or F: to be taken as 408 (§8.1.3.1). */
  onTimeout(): void
  /** To be taken as 503 (§8.1.3.1). */
  onTransportError(error: Error): void
  onTerminated(): void
}

/** INVITE client transaction: §17.1.1 with the Accepted state of RFC 6026 §7.2. Sends the request at once. */
export const createInviteClientTransaction = (
  request: SipRequest,
  environment: TransactionEnvironment,
  user: ClientUser,
): InviteClientTransaction => {
  const { clock, timers, reliable, counters } = environment
  const machine = createStateMachine<InviteClientState>('INVITE client transaction', 'calling', {
    calling: ['proceeding', 'accepted', 'completed', 'terminated'],
    proceeding: ['accepted', 'completed', 'terminated'],
    accepted: ['terminated'],
    completed: ['terminated'],
    terminated: [],
  })
  const pending = createTimerSet<'A' | 'B' | 'D' | 'M'>(clock)

  const terminate = (): void => {
    machine.transition('terminated')
    pending.clearAll()
    user.onTerminated()
  }

  const setTimerA = (interval: number): void =>
    pending.set('A', interval, () => {
      // "When timer A fires, the client transaction MUST retransmit the request …, and MUST reset the timer with a
      // value of 2*T1."
      counters.count('sip.retransmissionSent')
      user.send(request)
      setTimerA(2 * interval)
    })

  const transaction: InviteClientTransaction = {
    kind: 'inviteClient',
    request,
    state: () => machine.state,

    receiveResponse: (response) => {
      const { status } = response
      switch (machine.state) {
        case 'calling':
        case 'proceeding':
          // "When in either the "Calling" or "Proceeding" states": retransmission ends with any response.
          pending.clear('A', 'B')
          if (status < 200) {
            if (machine.state === 'calling') machine.transition('proceeding')
          } else if (status < 300) {
            // RFC 6026 §7.2: "… MUST transition to the "Accepted" state, and Timer M is set to 64*T1."
            machine.transition('accepted')
            pending.set('M', timers.M, terminate)
          } else {
            // "The client transaction MUST be … transition to "Completed", … MUST generate an ACK request."
            machine.transition('completed')
            user.send(ackOfRefusal(request, response))
            pending.set('D', timers.D, terminate)
          }
          user.onResponse(response)
          return
        case 'accepted':
          // RFC 6026 §7.2: "A 2xx response received while in the "Accepted" state MUST be passed to the TU."
          if (status >= 200 && status < 300) user.onResponse(response)
          return
        case 'completed':
          // "Any retransmissions of the final response … MUST cause the ACK to be re-passed to the transport layer …,
          // but the newly received response MUST NOT be passed up to the TU."
          counters.count('sip.retransmissionReceived')
          if (status >= 300) user.send(ackOfRefusal(request, response))
          return
        case 'terminated':
          return
        default:
          unreachable(machine.state)
      }
    },

    transportFailed: (error) => {
      // §17.1.4: "the client transaction SHOULD … inform the TU that a transport failure has occurred, and …
      // transition directly to the "Terminated" state." Not once a final response is there (RFC 6026 §8.4 for 2xx).
      if (machine.state !== 'calling' && machine.state !== 'proceeding') return
      terminate()
      user.onTransportError(error)
    },

    dispose: () => {
      if (machine.state !== 'terminated') terminate()
    },
  }

  if (!reliable) setTimerA(timers.T1)
  pending.set('B', timers.B, () => {
    counters.count('sip.transactionTimeout')
    terminate()
    user.onTimeout()
  })
  user.send(request)
  return transaction
}
