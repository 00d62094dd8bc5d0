import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../clock/testing/manual-clock.ts'
import { createSipCounters } from '../counters.ts'
import { defaultMessageLimits } from '../message/limits.ts'
import { createResponse } from '../message/response.ts'
import { createFakeTransport } from '../testing/fake-transport.ts'
import { firstLine, headerIn, request, requestText, response } from '../testing/messages.ts'
import { createMessageTransport } from '../transport/message-transport.ts'
import type { Flow } from '../transport/sip-transport.ts'
import { createTransactionLayer, type ServerTransaction } from './transaction-layer.ts'

const SOURCE: Flow = { protocol: 'UDP', address: '192.0.2.9', port: 5060 }

const setup = (maximumTransactions = 100) => {
  const clock = createManualClock()
  const counters = createSipCounters()
  const wire = createFakeTransport()
  const heard: { transaction: ServerTransaction; merged: boolean }[] = []
  const acks: string[] = []
  let token = 0
  const transport = createMessageTransport({
    carriers: [{ transport: wire, sentBy: wire.local }],
    limits: defaultMessageLimits,
    counters,
    listener: {
      onRequest: (received, source) => layer.receiveRequest(received, source),
      onResponse: (received) => layer.receiveResponse(received),
      onError: () => undefined,
    },
  })
  const layer = createTransactionLayer({
    clock,
    counters,
    transport,
    maximumTransactions,
    randomToken: () => `token${token++}`,
    user: {
      onRequest: (transaction, _source, merged) => heard.push({ transaction, merged }),
      onAck: (ack) => acks.push(ack.callId),
      onServerTimeout: () => undefined,
    },
  })
  return { clock, counters, wire, heard, acks, layer }
}

describe('transaction layer', () => {
  it('gives a request to its user once, however often it comes (§17.2.3)', () => {
    const { wire, heard, counters } = setup()
    wire.receive(requestText())
    wire.receive(requestText())
    expect(heard).toHaveLength(1)
    expect(counters.snapshot()['sip.retransmissionReceived']).toBe(1)
  })

  it('tells transactions apart by sent-by and by method, not by branch alone', () => {
    const { wire, heard } = setup()
    wire.receive(requestText({ method: 'OPTIONS' }))
    wire.receive(requestText({ method: 'BYE', toTag: 'x' }))
    wire.receive(
      requestText({
        method: 'OPTIONS',
        via: 'Via: SIP/2.0/UDP 192.0.2.8;branch=z9hG4bKpeer1',
        callId: 'other',
      }),
    )
    expect(heard).toHaveLength(3)
  })

  it('matches by what RFC 2543 compared when the branch has no magic cookie', () => {
    const { wire, heard, acks } = setup()
    const old = { via: 'Via: SIP/2.0/UDP 192.0.2.9:5060;branch=1' }
    wire.receive(requestText(old))
    wire.receive(requestText(old))
    wire.receive(requestText({ ...old, callId: 'call-2' }))
    expect(heard.map((h) => h.transaction.request.callId)).toEqual(['call-1', 'call-2'])
    const first = heard[0]?.transaction
    first?.respond(createResponse(request(old), 404, { toTag: 'ours' }))
    wire.receive(requestText({ ...old, method: 'ACK', toTag: 'ours' }))
    expect(first?.state()).toBe('confirmed')
    expect(acks).toEqual([])
  })

  it('notices a request that came twice by different ways (§8.2.2.2), but not within a dialog', () => {
    const { wire, heard } = setup()
    wire.receive(requestText({ branch: 'z9hG4bKa' }))
    wire.receive(requestText({ branch: 'z9hG4bKb' }))
    wire.receive(requestText({ branch: 'z9hG4bKc', toTag: 'ours' }))
    expect(heard.map((h) => h.merged)).toEqual([false, true, false])
    // Once the first one is over, nothing of it is remembered.
    heard[0]?.transaction.dispose()
    wire.receive(requestText({ branch: 'z9hG4bKd' }))
    expect(heard[3]?.merged).toBe(false)
  })

  it('gives the ACK of a 2xx to its user, having a branch of its own', () => {
    const { wire, heard, acks } = setup()
    wire.receive(requestText())
    heard[0]?.transaction.respond(createResponse(request(), 200, { toTag: 'ours' }))
    wire.receive(requestText({ method: 'ACK', branch: 'z9hG4bKack', toTag: 'ours' }))
    expect(acks).toEqual(['call-1'])
  })

  it('finds the INVITE that a CANCEL means by its branch (§9.2)', () => {
    const { wire, layer, heard } = setup()
    wire.receive(requestText())
    expect(layer.inviteOf(request({ method: 'CANCEL' }))).toBe(heard[0]?.transaction)
    expect(layer.inviteOf(request({ method: 'CANCEL', branch: 'z9hG4bKother' }))).toBeNull()
  })

  it('refuses with 503 and keeps nothing when it is full', () => {
    const { wire, heard, layer, counters } = setup(1)
    wire.receive(requestText())
    wire.receive(requestText({ branch: 'z9hG4bKb', callId: 'call-2' }))
    wire.receive(requestText({ branch: 'z9hG4bKc', callId: 'call-3', method: 'ACK' }))
    expect(heard).toHaveLength(1)
    expect(layer.counts()).toEqual({ client: 0, server: 1 })
    expect(wire.sent.map((s) => firstLine(s.text))).toEqual(['SIP/2.0 503 Service Unavailable'])
    expect(headerIn(wire.sent[0]?.text ?? '', 'Retry-After')).toBe('5')
    expect(counters.snapshot()['sip.refusedOverload']).toBe(1)
  })

  it('gives a response to the client transaction of its branch and method, counts it as stray otherwise', () => {
    const { wire, layer, counters } = setup()
    const statuses: number[] = []
    const options = { ...request({ method: 'OPTIONS' }), vias: [layer.newVia()] }
    layer.request(options, SOURCE, {
      onResponse: (r) => statuses.push(r.status),
      onTimeout: () => undefined,
      onTransportError: () => undefined,
    })
    const sent = wire.sent[0]?.text ?? ''
    layer.receiveResponse(response(sent.replace(/branch=[^;]+/, 'branch=z9hG4bKother'), 200))
    layer.receiveResponse(response(sent.replace('1 OPTIONS', '1 BYE').replace('OPTIONS ', 'BYE '), 200))
    expect(counters.snapshot()['sip.responseStray']).toBe(2)
    layer.receiveResponse(response(sent, 200))
    expect(statuses).toEqual([200])
  })

  it('tells a send that fails at once, once its caller has the transaction', () => {
    const { wire, layer } = setup()
    wire.failWith(new Error('unreachable'))
    const told: string[] = []
    const transaction = layer.request({ ...request({ method: 'OPTIONS' }), vias: [layer.newVia()] }, SOURCE, {
      onResponse: () => undefined,
      onTimeout: () => undefined,
      onTransportError: (error) => told.push(error.message),
    })
    expect(told).toEqual(['unreachable'])
    expect(transaction.state()).toBe('terminated')
    expect(layer.counts()).toEqual({ client: 0, server: 0 })
  })

  it('forgets each transaction when it ends, and all when it is disposed of', () => {
    const { wire, layer, heard, clock } = setup()
    wire.receive(requestText({ method: 'OPTIONS' }))
    heard[0]?.transaction.respond(createResponse(request({ method: 'OPTIONS' }), 200, { toTag: 'ours' }))
    clock.advance(32_000)
    expect(layer.counts()).toEqual({ client: 0, server: 0 })
    wire.receive(requestText({ branch: 'z9hG4bKb' }))
    expect(layer.unfinished()).toBe(1)
    layer.dispose()
    expect(layer.counts()).toEqual({ client: 0, server: 0 })
    expect(clock.pending()).toBe(0)
  })
})
