import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../clock/testing/manual-clock.ts'
import { createSipCounters } from '../counters.ts'
import { createResponse } from '../message/response.ts'
import { request } from '../testing/messages.ts'
import { createNonInviteServerTransaction } from './non-invite-server-transaction.ts'
import { timerValues } from './timer-values.ts'

const setup = (reliable = false) => {
  const clock = createManualClock()
  const bye = request({ method: 'BYE', toTag: 'ours' })
  const sent: number[] = []
  let terminated = false
  const transaction = createNonInviteServerTransaction(
    bye,
    { protocol: reliable ? 'TCP' : 'UDP', address: '192.0.2.9', port: 5060 },
    { clock, reliable, timers: timerValues(reliable), counters: createSipCounters() },
    {
      send: (response) => sent.push(response.status),
      onTerminated: () => {
        terminated = true
      },
    },
  )
  const respond = (status: number): boolean => transaction.respond(createResponse(bye, status))
  return { clock, sent, transaction, respond, isTerminated: () => terminated }
}

describe('non-INVITE server transaction (§17.2.2)', () => {
  it('discards what comes again before any response, then repeats the last one', () => {
    const { transaction, respond, sent } = setup()
    transaction.receiveRetransmission()
    expect(sent).toEqual([])
    respond(100)
    transaction.receiveRetransmission()
    respond(200)
    transaction.receiveRetransmission()
    expect(sent).toEqual([100, 100, 200, 200])
  })

  it('takes no second final response, and ends at timer J after 64*T1', () => {
    const { respond, sent, clock, isTerminated } = setup()
    expect(respond(200)).toBe(true)
    expect(respond(481)).toBe(false)
    expect(sent).toEqual([200])
    clock.advance(31_999)
    expect(isTerminated()).toBe(false)
    clock.advance(1)
    expect(isTerminated()).toBe(true)
    expect(clock.pending()).toBe(0)
  })

  it('ends at once over a reliable transport', () => {
    const { respond, clock, isTerminated } = setup(true)
    respond(200)
    clock.advance(0)
    expect(isTerminated()).toBe(true)
  })
})
