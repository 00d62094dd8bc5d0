import { createTimerSet } from '../../clock/timer-set.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import type { Flow } from '../transport/sip-transport.ts'
import type { TransactionEnvironment } from './environment.ts'
import { createStateMachine } from './state-machine.ts'

export type NonInviteServerState = 'trying' | 'proceeding' | 'completed' | 'terminated'

export type NonInviteServerTransaction = {
  readonly kind: 'nonInviteServer'
  readonly request: SipRequest
  /** Where it came from, and goes back to. */
  readonly source: Flow
  state(): NonInviteServerState
  /** The same request again. */
  receiveRetransmission(): void
  /** False when a final response was given already: nothing was sent. */
  respond(response: SipResponse): boolean
  dispose(): void
}

export type NonInviteServerUser = {
  send(response: SipResponse): void
  onTerminated(): void
}

/** Non-INVITE server transaction (§17.2.2). */
export const createNonInviteServerTransaction = (
  request: SipRequest,
  source: Flow,
  environment: TransactionEnvironment,
  user: NonInviteServerUser,
): NonInviteServerTransaction => {
  const { clock, timers, counters } = environment
  const machine = createStateMachine<NonInviteServerState>('non-INVITE server transaction', 'trying', {
    trying: ['proceeding', 'completed', 'terminated'],
    proceeding: ['completed', 'terminated'],
    completed: ['terminated'],
    terminated: [],
  })
  const pending = createTimerSet<'J'>(clock)
  let last: SipResponse | null = null

  const terminate = (): void => {
    machine.transition('terminated')
    pending.clearAll()
    user.onTerminated()
  }

  return {
    kind: 'nonInviteServer',
    request,
    source,
    state: () => machine.state,

    receiveRetransmission: () => {
      counters.count('sip.retransmissionReceived')
      // "Once in the "Trying" state, any further request retransmissions are discarded"; later the last response is
      // passed to the transport layer again.
      if (last === null || machine.state === 'terminated') return
      counters.count('sip.retransmissionSent')
      user.send(last)
    },

    respond: (response) => {
      // "Any other final responses passed by the TU to the server transaction MUST be discarded while in the
      // "Completed" state."
      if (machine.state === 'completed' || machine.state === 'terminated') return false
      last = response
      if (response.status >= 200) {
        machine.transition('completed')
        user.send(response)
        // Timer J: 64*T1 for unreliable transports, zero for reliable ones.
        pending.set('J', timers.J, terminate)
      } else {
        if (machine.state === 'trying') machine.transition('proceeding')
        user.send(response)
      }
      return true
    },

    dispose: () => {
      if (machine.state !== 'terminated') terminate()
    },
  }
}
