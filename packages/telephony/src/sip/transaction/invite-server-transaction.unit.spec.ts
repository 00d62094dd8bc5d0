import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../clock/testing/manual-clock.ts'
import { createSipCounters } from '../counters.ts'
import { createResponse } from '../message/response.ts'
import { request } from '../testing/messages.ts'
import { createInviteServerTransaction } from './invite-server-transaction.ts'
import { timerValues } from './timer-values.ts'

const setup = (reliable = false) => {
  const clock = createManualClock()
  const invite = request()
  const sent: { status: number; at: number }[] = []
  const told: string[] = []
  const transaction = createInviteServerTransaction(
    invite,
    { protocol: reliable ? 'TCP' : 'UDP', address: '192.0.2.9', port: 5060 },
    { clock, reliable, timers: timerValues(reliable), counters: createSipCounters() },
    {
      send: (response) => sent.push({ status: response.status, at: clock.now() }),
      onAck: () => told.push('ack'),
      onTimeout: () => told.push('timeout'),
      onTerminated: () => told.push('terminated'),
    },
  )
  const respond = (status: number): boolean => transaction.respond(createResponse(invite, status))
  return { clock, sent, told, transaction, respond, ack: request({ method: 'ACK' }) }
}

describe('INVITE server transaction (§17.2.1, RFC 6026 §7.1)', () => {
  it('sends the last provisional response again for each INVITE that comes again', () => {
    const { transaction, respond, sent } = setup()
    transaction.receiveRetransmission()
    expect(sent).toEqual([])
    respond(100)
    respond(180)
    transaction.receiveRetransmission()
    expect(sent.map((s) => s.status)).toEqual([100, 180, 180])
  })

  it('sends a refusal again at T1, doubling to T2, until timer H gives up after 64*T1', () => {
    const { respond, sent, clock, told, transaction } = setup()
    respond(486)
    expect(transaction.state()).toBe('completed')
    clock.advance(31_999)
    expect(sent.map((s) => s.at)).toEqual([
      0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500,
    ])
    expect(told).toEqual([])
    clock.advance(1)
    expect(told).toEqual(['terminated', 'timeout'])
    expect(clock.pending()).toBe(0)
  })

  it('ends its retransmissions at ACK, takes further ACKs up for T4, then is gone', () => {
    const { respond, sent, clock, told, transaction, ack } = setup()
    respond(404)
    clock.advance(600)
    transaction.receiveAck(ack)
    transaction.receiveAck(ack)
    transaction.receiveRetransmission()
    clock.advance(4999)
    expect(sent).toHaveLength(2)
    expect(transaction.state()).toBe('confirmed')
    clock.advance(1)
    expect(told).toEqual(['terminated'])
    expect(clock.pending()).toBe(0)
  })

  it('takes up INVITEs that come again after 200 without an answer, passes ACK up, and ends at timer L', () => {
    const { respond, sent, clock, told, transaction, ack } = setup()
    respond(200)
    transaction.receiveRetransmission()
    expect(sent).toHaveLength(1)
    expect(respond(200)).toBe(true)
    expect(respond(486)).toBe(false)
    transaction.receiveAck(ack)
    expect(told).toEqual(['ack'])
    clock.advance(32_000)
    expect(told).toEqual(['ack', 'terminated'])
    expect(clock.pending()).toBe(0)
  })

  it('takes no second final response', () => {
    const { respond, sent } = setup()
    respond(404)
    expect(respond(200)).toBe(false)
    expect(respond(180)).toBe(false)
    expect(sent.map((s) => s.status)).toEqual([404])
  })

  it('retransmits nothing over a reliable transport, and is gone at once after ACK', () => {
    const { respond, sent, clock, transaction, ack, told } = setup(true)
    respond(486)
    clock.advance(10_000)
    expect(sent).toHaveLength(1)
    transaction.receiveAck(ack)
    clock.advance(0)
    expect(told).toEqual(['terminated'])
  })

  it('lets every timer go when it is disposed of', () => {
    const { respond, clock, transaction } = setup()
    respond(486)
    transaction.dispose()
    transaction.dispose()
    expect(clock.pending()).toBe(0)
    expect(respond(200)).toBe(false)
  })
})
