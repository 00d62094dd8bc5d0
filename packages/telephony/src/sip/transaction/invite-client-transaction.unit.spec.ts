import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../clock/testing/manual-clock.ts'
import { createSipCounters } from '../counters.ts'
import { headerValue, headerValues } from '../message/headers.ts'
import type { SipRequest } from '../message/message.ts'
import { request, requestText, response } from '../testing/messages.ts'
import { createInviteClientTransaction } from './invite-client-transaction.ts'
import { timerValues } from './timer-values.ts'

const setup = (reliable = false) => {
  const clock = createManualClock()
  const parts = { headers: ['Route: <sip:p1;lr>', 'Route: <sip:p2;lr>'] }
  const invite = request(parts)
  const sent: { message: SipRequest; at: number }[] = []
  const told: string[] = []
  const transaction = createInviteClientTransaction(
    invite,
    { clock, reliable, timers: timerValues(reliable), counters: createSipCounters() },
    {
      send: (message) => sent.push({ message, at: clock.now() }),
      onResponse: (r) => told.push(String(r.status)),
      onTimeout: () => told.push('timeout'),
      onTransportError: () => told.push('transport error'),
      onTerminated: () => told.push('terminated'),
    },
  )
  const receive = (status: number, toTag = 'peer'): void =>
    transaction.receiveResponse(response(requestText(parts), status, { toTag }))
  return { clock, sent, told, transaction, receive }
}

describe('INVITE client transaction (§17.1.1, RFC 6026 §7.2)', () => {
  it('sends the INVITE again at T1, doubling each time, and gives up after 64*T1', () => {
    const { clock, sent, told } = setup()
    clock.advance(31_999)
    expect(sent.map((s) => s.at)).toEqual([0, 500, 1500, 3500, 7500, 15_500, 31_500])
    clock.advance(1)
    expect(told).toEqual(['terminated', 'timeout'])
    expect(clock.pending()).toBe(0)
  })

  it('stops sending at the first provisional response, and waits as long as it takes', () => {
    const { clock, sent, told, receive } = setup()
    receive(100)
    receive(180)
    clock.advance(3_600_000)
    expect(sent).toHaveLength(1)
    expect(told).toEqual(['100', '180'])
  })

  it('acknowledges a refusal by itself: the INVITE’s hop and routes, the To of the response (§17.1.1.3)', () => {
    const { sent, told, receive } = setup()
    receive(486, 'refuser')
    const ack = sent[1]?.message
    if (ack === undefined) throw new Error('no ACK')
    expect(ack.method).toBe('ACK')
    expect(ack.vias.map((via) => via.raw)).toEqual(['SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKpeer1'])
    expect(headerValue(ack, 'to')).toContain('tag=refuser')
    expect(headerValue(ack, 'cseq')).toBe('1 ACK')
    expect(headerValues(ack, 'route')).toEqual(['<sip:p1;lr>', '<sip:p2;lr>'])
    expect(told).toEqual(['486'])
  })

  it('acknowledges the refusal each time it comes again, without telling, until timer D', () => {
    const { clock, sent, told, receive, transaction } = setup()
    receive(486)
    receive(486)
    receive(486)
    expect(sent.filter((s) => s.message.method === 'ACK')).toHaveLength(3)
    clock.advance(31_999)
    expect(transaction.state()).toBe('completed')
    clock.advance(1)
    expect(told).toEqual(['486', 'terminated'])
    expect(clock.pending()).toBe(0)
  })

  it('passes up each 200, of forks or again, until timer M, and acknowledges none itself', () => {
    const { clock, sent, told, receive } = setup()
    receive(200, 'a')
    receive(200, 'a')
    receive(200, 'b')
    receive(486, 'c')
    expect(sent).toHaveLength(1)
    clock.advance(32_000)
    receive(200, 'a')
    expect(told).toEqual(['200', '200', '200', 'terminated'])
    expect(clock.pending()).toBe(0)
  })

  it('takes a failed transport as its end while no final response is there (§17.1.4)', () => {
    const { clock, told, transaction, receive } = setup()
    transaction.transportFailed(new Error('unreachable'))
    expect(told).toEqual(['terminated', 'transport error'])
    receive(200)
    expect(told).toHaveLength(2)
    expect(clock.pending()).toBe(0)
  })

  it('leaves retransmission to a reliable transport, and forgets a refusal at once', () => {
    const { clock, sent, told, receive } = setup(true)
    clock.advance(20_000)
    expect(sent).toHaveLength(1)
    receive(404)
    clock.advance(0)
    expect(told).toEqual(['404', 'terminated'])
  })
})
