import { expect, test } from 'vitest'
import { aDesk, aLine, anOffer, mine } from '../../testing/desk-fixture.ts'
import { lineIsNeeded, shouldTake, standingCall } from './line-rules.ts'

test('only a call that is being handled has a leg here', () => {
  expect(standingCall(aDesk({ current: mine('call') }))?.id).toBe('call')
  expect(standingCall(aDesk({ current: mine('call', { status: 'WRAP_UP' }) }))).toBeNull()
  expect(standingCall(aDesk({ current: mine('mail', { channel: 'EMAIL' }) }))).toBeNull()
  expect(standingCall(null)).toBeNull()
})

test('a call of mine without a leg is taken, over an open line only', () => {
  const now = { mine: 'call', leg: null, line: 'open', ended: null } as const
  expect(shouldTake(now)).toBe(true)
  expect(shouldTake({ ...now, line: 'taken' })).toBe(false)
  expect(shouldTake({ ...now, leg: 'call' })).toBe(false)
  expect(shouldTake({ ...now, mine: null })).toBe(false)
})

test('a leg that has just ended is not opened again before the desk has heard of it', () => {
  expect(shouldTake({ mine: 'call', leg: null, line: 'open', ended: 'call' })).toBe(false)
})

test('the line is needed by a call that is on it or rings, not by a mail nor by wrap-up', () => {
  expect(lineIsNeeded(aDesk({ current: mine('call') }))).toBe(true)
  expect(lineIsNeeded(aDesk({ offer: anOffer(aLine('call', { status: 'OFFERED' })) }))).toBe(true)
  expect(lineIsNeeded(aDesk({ offer: anOffer(aLine('mail', { channel: 'EMAIL' })) }))).toBe(false)
  expect(lineIsNeeded(aDesk({ current: mine('call', { status: 'WRAP_UP' }) }))).toBe(false)
  expect(lineIsNeeded(null)).toBe(false)
})
