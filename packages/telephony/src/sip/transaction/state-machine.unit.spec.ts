import { describe, expect, it } from 'vitest'
import { createStateMachine } from './state-machine.ts'

describe('state machine', () => {
  it('refuses a move that it does not have, and stays where it was', () => {
    const machine = createStateMachine<'open' | 'closed'>('door', 'open', { open: ['closed'], closed: [] })
    machine.transition('closed')
    expect(() => machine.transition('open')).toThrow('door: illegal move from closed to open')
    expect(machine.state).toBe('closed')
  })
})
