import { expect, test } from 'vitest'
import type { EdgeFact } from '../edge-contract/facts.ts'
import { fakeVoiceEdge } from './fake-voice-edge.ts'

test('a repeated order is carried out once and gets the first answer', async () => {
  const edge = fakeVoiceEdge({ script: { AnswerLeg: () => ({ result: { codec: 'PCMA' } }) } })
  await edge.hello()
  const first = await edge.order({ orderId: 'o1', type: 'AnswerLeg', legId: 'leg' })
  const second = await edge.order({ orderId: 'o1', type: 'AnswerLeg', legId: 'leg' })
  expect(first).toEqual({ orderId: 'o1', ok: true, result: { codec: 'PCMA' } })
  expect(second).toEqual(first)
  expect(edge.ordersOf('AnswerLeg')).toHaveLength(1)
})

test('facts are told one at a time, after onHello, numbered without a gap', async () => {
  const edge = fakeVoiceEdge()
  const told: string[] = []
  edge.listen({
    onHello: async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      told.push('hello')
    },
    onFact: async (fact: EdgeFact) => {
      told.push(`start ${fact.number}`)
      await new Promise((resolve) => setTimeout(resolve, 2))
      told.push(`end ${fact.number}`)
    },
  })
  await Promise.all([
    edge.emit({ type: 'HeldByPeer', legId: 'leg' }),
    edge.emit({ type: 'ResumedByPeer', legId: 'leg' }),
  ])
  expect(told).toEqual(['hello', 'start 1', 'end 1', 'start 2', 'end 2'])
})

test('an order given while the edge is away waits for its return', async () => {
  const edge = fakeVoiceEdge()
  await edge.hello()
  edge.goAway()
  let answered = false
  const answer = edge.order({ orderId: 'o1', type: 'RingLeg', legId: 'leg' }).then(() => {
    answered = true
  })
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(answered).toBe(false)
  await edge.hello()
  await answer
  expect(answered).toBe(true)
})
