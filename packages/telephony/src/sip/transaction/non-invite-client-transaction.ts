import { createTimerSet } from '../../clock/timer-set.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import type { TransactionEnvironment } from './environment.ts'
import type { ClientUser } from './invite-client-transaction.ts'
import { createStateMachine } from './state-machine.ts'

export type NonInviteClientState = 'trying' | 'proceeding' | 'completed' | 'terminated'

export type NonInviteClientTransaction = {
  readonly kind: 'nonInviteClient'
  readonly request: SipRequest
  state(): NonInviteClientState
  receiveResponse(response: SipResponse): void
  transportFailed(error: Error): void
  dispose(): void
}

/** Non-INVITE client transaction (§17.1.2). Sends the request at once. */
export const createNonInviteClientTransaction = (
  request: SipRequest,
  environment: TransactionEnvironment,
  user: ClientUser,
): NonInviteClientTransaction => {
  const { clock, timers, reliable, counters } = environment
  const machine = createStateMachine<NonInviteClientState>('non-INVITE client transaction', 'trying', {
    trying: ['proceeding', 'completed', 'terminated'],
    proceeding: ['completed', 'terminated'],
    completed: ['terminated'],
    terminated: [],
  })
  const pending = createTimerSet<'E' | 'F' | 'K'>(clock)

  const terminate = (): void => {
    machine.transition('terminated')
    pending.clearAll()
    user.onTerminated()
  }

  const setTimerE = (interval: number): void =>
    pending.set('E', interval, () => {
      counters.count('sip.retransmissionSent')
      user.send(request)
      // "… reset with a value of MIN(2*T1, T2)" while "Trying", T2 while "Proceeding".
      setTimerE(machine.state === 'proceeding' ? timers.T2 : Math.min(2 * interval, timers.T2))
    })

  const transaction: NonInviteClientTransaction = {
    kind: 'nonInviteClient',
    request,
    state: () => machine.state,

    receiveResponse: (response) => {
      if (machine.state === 'completed' || machine.state === 'terminated') {
        counters.count('sip.retransmissionReceived')
        return
      }
      if (response.status < 200) {
        if (machine.state === 'trying') machine.transition('proceeding')
        user.onResponse(response)
        return
      }
      // "If a final response (status codes 200-699) is received while in the "Trying" [or "Proceeding"] state, the
      // response MUST be passed to the TU, and the client transaction MUST transition to "Completed"." Timer K: T4.
      machine.transition('completed')
      pending.clear('E', 'F')
      pending.set('K', timers.K, terminate)
      user.onResponse(response)
    },

    transportFailed: (error) => {
      // §17.1.4.
      if (machine.state !== 'trying' && machine.state !== 'proceeding') return
      terminate()
      user.onTransportError(error)
    },

    dispose: () => {
      if (machine.state !== 'terminated') terminate()
    },
  }

  if (!reliable) setTimerE(timers.T1)
  pending.set('F', timers.F, () => {
    counters.count('sip.transactionTimeout')
    terminate()
    user.onTimeout()
  })
  user.send(request)
  return transaction
}
