import { expect, test } from 'vitest'
import { IDLE } from '../../phone/phone-state.ts'
import { aDesk, aLine, anOffer, ME, mine } from '../../testing/desk-fixture.ts'
import { barState, legsState } from './bar-state.ts'

const OPEN = { status: 'open' } as const

test('an offer comes before all else', () => {
  const desk = aDesk({ offer: anOffer(aLine('call')) })
  expect(barState(desk, IDLE, { status: 'away', since: 0, retryAt: 1, isHubStopped: false }).status).toBe(
    'offered',
  )
})

test('of a hub that was stopped neither call nor offer is left, whatever the desk showed last', () => {
  const stopped = { status: 'away', since: 5, retryAt: 9, isHubStopped: true } as const
  const lost = { ...stopped, isHubStopped: false }
  expect(barState(aDesk({ current: mine('call') }), IDLE, stopped).status).toBe('lineAway')
  expect(barState(aDesk({ offer: anOffer(aLine('call')) }), IDLE, stopped).status).toBe('lineAway')
  expect(barState(aDesk({ current: mine('call') }), IDLE, lost).status).toBe('inCall')
})

test('a running call tells how its voice is', () => {
  const desk = aDesk({ current: mine('call') })
  const talking = { status: 'talking', interactionId: 'call', legId: 'l' } as const
  expect(barState(desk, talking, OPEN)).toMatchObject({ status: 'inCall', media: { status: 'talking' } })
  expect(barState(desk, IDLE, OPEN)).toMatchObject({ media: { status: 'connecting' } })
  expect(barState(desk, IDLE, { status: 'taken' })).toMatchObject({ media: { status: 'elsewhere' } })
  const silent = { status: 'noMicrophone', interactionId: 'call', why: 'denied' } as const
  expect(barState(desk, silent, OPEN)).toMatchObject({ media: { status: 'noMicrophone', why: 'denied' } })
})

test('a mail being answered is no call', () => {
  expect(barState(aDesk({ current: mine('mail', { channel: 'EMAIL' }) }), IDLE, OPEN).status).toBe('idle')
})

test('a missed offer, a line elsewhere and a lost line each say so', () => {
  const missed = aDesk()
  const desk = {
    ...missed,
    agent: {
      ...missed.agent,
      presence: { status: 'NOT_READY', reason: 'MISSED_OFFER', since: null, until: null } as const,
    },
  }
  expect(barState(desk, IDLE, OPEN).status).toBe('missed')
  expect(barState(desk, IDLE, { status: 'taken' }).status).toBe('lineTaken')
  expect(barState(desk, IDLE, { status: 'away', since: 5, retryAt: 9, isHubStopped: false })).toEqual({
    status: 'lineAway',
    since: 5,
  })
})

const withLegs = (...legs: readonly object[]) => {
  const leg = (over: object) => ({
    id: 'l',
    party: 'customer',
    agent: null,
    status: 'ANSWERED' as const,
    muted: false,
    heldAt: null,
    heldBy: [],
    answeredAt: null,
    endedAt: null,
    ...over,
  })
  return mine('call', {
    call: { id: 'c', fromDisplay: '', answeredAt: null, endedAt: null, legs: legs.map(leg) },
  })
}
const HELD_AT = '2026-11-23T13:05:00.000Z'

test('hold and mute are what the hub reports of the legs that stand', () => {
  const call = withLegs(
    { status: 'HELD', heldAt: HELD_AT, heldBy: ['agent'] },
    { id: 'old', agent: { id: ME.id }, status: 'ENDED', muted: true },
    { id: 'own', agent: { id: ME.id }, muted: false },
  )
  expect(legsState(call, ME.id)).toEqual({
    heldBy: 'us',
    heldSince: HELD_AT,
    isHeld: true,
    isMuted: false,
  })
})

test('a customer who holds is told from a hold of ours, and is not resumed from here', () => {
  const held = (...heldBy: readonly string[]) =>
    legsState(withLegs({ status: 'HELD', heldAt: HELD_AT, heldBy }), ME.id)
  expect(held('customer')).toMatchObject({ heldBy: 'customer', heldSince: HELD_AT, isHeld: false })
  expect(held('customer', 'agent')).toMatchObject({ heldBy: 'both', isHeld: true })
  expect(legsState(withLegs({ heldAt: HELD_AT }), ME.id)).toMatchObject({ heldBy: null, isHeld: false })
})
