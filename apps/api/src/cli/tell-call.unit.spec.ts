import { describe, expect, it } from 'vitest'
import { createCallNarrator } from './tell-call.ts'

const CALL = { callId: 'call-1', interactionId: 'interaction-1', sipCallId: 'mine@phone' }
const RECEIVED = { type: 'CallReceived', data: CALL }

const linesOf = (events: readonly { type: string; data: object }[]) => {
  const narrate = createCallNarrator('mine@phone')
  return events.map(narrate).filter((line) => line !== null)
}
const ofCall = (type: string, more: object = {}) => ({ type, data: { callId: 'call-1', ...more } })

describe('a demo call tells', () => {
  it('when it rings at an agent, is answered, held, taken off hold and hung up', () => {
    const lines = linesOf([
      RECEIVED,
      { type: 'WorkOffered', data: { interactionId: 'interaction-1' } },
      ofCall('LegsBridged'),
      ofCall('LegHeld', { by: 'agent' }),
      ofCall('LegResumed', { by: 'agent' }),
      ofCall('CallEnded', { cause: { by: 'agent' } }),
    ])
    expect(lines).toEqual([
      'It rings at an agent.',
      'An agent answered: they hear each other.',
      'The agent put the call on hold: music.',
      'The agent took the call off hold.',
      'The agent hung up.',
    ])
  })

  it('that the agent was lost', () => {
    const returned = { type: 'InteractionReturnedToQueue', data: { interactionId: 'interaction-1' } }
    expect(linesOf([RECEIVED, returned])).toEqual([expect.stringContaining('back to the head of the queue')])
  })

  it('nothing of another call, and nothing before its own has arrived', () => {
    const other = { type: 'CallReceived', data: { ...CALL, callId: 'call-2', sipCallId: 'other@phone' } }
    const bridged = (callId: string) => ({ type: 'LegsBridged', data: { callId } })
    expect(linesOf([other, bridged('call-2'), bridged('call-1'), RECEIVED, bridged('call-2')])).toEqual([])
  })
})
