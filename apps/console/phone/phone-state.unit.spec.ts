import { expect, test } from 'vitest'
import { IDLE, type PhoneEvent, type PhoneState, phoneReducer } from './phone-state.ts'

const after = (...events: PhoneEvent[]) => events.reduce<PhoneState>(phoneReducer, IDLE)
const opening: PhoneEvent = { type: 'opening', interactionId: 'i' }

test('a call goes from connecting to talking to idle', () => {
  expect(after(opening)).toEqual({ status: 'connecting', interactionId: 'i' })
  expect(after(opening, { type: 'bridged', legId: 'l' })).toEqual({
    status: 'talking',
    interactionId: 'i',
    legId: 'l',
  })
  expect(after(opening, { type: 'bridged', legId: 'l' }, { type: 'ended' })).toEqual(IDLE)
})

test('a microphone lost in mid-call is told, and trying again connects anew', () => {
  const lost = after(opening, { type: 'bridged', legId: 'l' }, { type: 'microphoneTrouble', why: 'missing' })
  expect(lost).toEqual({ status: 'noMicrophone', interactionId: 'i', why: 'missing' })
  expect(phoneReducer(lost, opening)).toEqual({ status: 'connecting', interactionId: 'i' })
})

test('what comes too late changes nothing', () => {
  expect(after({ type: 'bridged', legId: 'l' })).toEqual(IDLE)
  expect(after(opening, { type: 'ended' }, { type: 'failed', code: 'NO_MEDIA' })).toEqual(IDLE)
})
