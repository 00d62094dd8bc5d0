import { expect, test } from 'vitest'
import { IDLE } from '../../phone/phone-state.ts'
import { aDesk, aLine, anOffer, ME, mine } from '../../testing/desk-fixture.ts'
import { barState, legsState } from './bar-state.ts'

const OPEN = { status: 'open' } as const

test('an offer comes before all else', () => {
  const desk = aDesk({ offer: anOffer(aLine('call')) })
  expect(barState(desk, IDLE, { status: 'away', since: 0, retryAt: 1 }).status).toBe('offered')
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
  expect(barState(desk, IDLE, { status: 'away', since: 5, retryAt: 9 })).toEqual({
    status: 'lineAway',
    since: 5,
  })
})

test('hold and mute are what the hub reports of the legs that stand', () => {
  const leg = (over: object) => ({
    id: 'l',
    party: 'customer',
    agent: null,
    status: 'ANSWERED' as const,
    muted: false,
    heldAt: null,
    answeredAt: null,
    endedAt: null,
    ...over,
  })
  const call = mine('call', {
    call: {
      id: 'c',
      fromDisplay: '',
      answeredAt: null,
      endedAt: null,
      legs: [
        leg({ status: 'HELD', heldAt: '2026-11-23T13:05:00.000Z' }),
        leg({ id: 'old', agent: { id: ME.id }, status: 'ENDED', muted: true }),
        leg({ id: 'own', agent: { id: ME.id }, muted: false }),
      ],
    },
  })
  expect(legsState(call, ME.id)).toEqual({
    heldSince: '2026-11-23T13:05:00.000Z',
    isHeld: true,
    isMuted: false,
  })
})
