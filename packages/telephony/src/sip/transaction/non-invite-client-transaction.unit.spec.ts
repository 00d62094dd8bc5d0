import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../clock/testing/manual-clock.ts'
import { createSipCounters } from '../counters.ts'
import { request, requestText, response } from '../testing/messages.ts'
import { createNonInviteClientTransaction } from './non-invite-client-transaction.ts'
import { timerValues } from './timer-values.ts'

const setup = (reliable = false) => {
  const clock = createManualClock()
  const parts = { method: 'BYE', toTag: 'peer' }
  const sentAt: number[] = []
  const told: string[] = []
  const transaction = createNonInviteClientTransaction(
    request(parts),
    { clock, reliable, timers: timerValues(reliable), counters: createSipCounters() },
    {
      send: () => sentAt.push(clock.now()),
      onResponse: (r) => told.push(String(r.status)),
      onTimeout: () => told.push('timeout'),
      onTransportError: () => told.push('transport error'),
      onTerminated: () => told.push('terminated'),
    },
  )
  const receive = (status: number): void => transaction.receiveResponse(response(requestText(parts), status))
  return { clock, sentAt, told, transaction, receive }
}

describe('non-INVITE client transaction (§17.1.2)', () => {
  it('sends again at T1, doubling to T2, and gives up after 64*T1', () => {
    const { clock, sentAt, told } = setup()
    clock.advance(31_999)
    expect(sentAt).toEqual([0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500])
    clock.advance(1)
    expect(told).toEqual(['terminated', 'timeout'])
    expect(clock.pending()).toBe(0)
  })

  it('sends again each T2 once a provisional response came', () => {
    const { clock, sentAt, receive } = setup()
    receive(100)
    clock.advance(9000)
    expect(sentAt).toEqual([0, 500, 4500, 8500])
  })

  it('tells the final response once, takes it up when it comes again, and ends at timer K', () => {
    const { clock, told, receive, sentAt } = setup()
    receive(200)
    receive(200)
    clock.advance(4999)
    expect(told).toEqual(['200'])
    clock.advance(1)
    expect(told).toEqual(['200', 'terminated'])
    expect(sentAt).toEqual([0])
    expect(clock.pending()).toBe(0)
  })

  it('takes a failed transport as its end (§17.1.4)', () => {
    const { clock, told, transaction } = setup()
    transaction.transportFailed(new Error('unreachable'))
    transaction.transportFailed(new Error('unreachable'))
    expect(told).toEqual(['terminated', 'transport error'])
    expect(clock.pending()).toBe(0)
  })
})
