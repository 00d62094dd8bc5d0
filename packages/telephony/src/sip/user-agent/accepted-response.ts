import { createTimerSet } from '../../clock/timer-set.ts'
import type { SipResponse } from '../message/message.ts'
import type { InviteServerTransaction } from '../transaction/invite-server-transaction.ts'
import type { Core } from './core.ts'

/** Let go of when its ACK has arrived, or nobody waits for it any more. */
export type AcceptedResponse = { dispose(): void }

/**
 * Sends a 2xx to an INVITE, and again until its ACK arrives: "at an interval that starts at T1 seconds and doubles for
 * each retransmission until it reaches T2 seconds". After 64*T1 without ACK: `onNoAck` (§13.3.1.4).
 */
export const sendAccepted = (
  core: Core,
  transaction: InviteServerTransaction,
  response: SipResponse,
  onNoAck: () => void,
): AcceptedResponse => {
  const { T1, T2 } = core.transactions
  const timers = createTimerSet<'again' | 'giveUp'>(core.clock)
  const setAgain = (interval: number): void =>
    timers.set('again', interval, () => {
      transaction.respond(response)
      setAgain(Math.min(2 * interval, T2))
    })

  transaction.respond(response)
  setAgain(T1)
  timers.set('giveUp', 64 * T1, () => {
    timers.clearAll()
    onNoAck()
  })
  return { dispose: timers.clearAll }
}
