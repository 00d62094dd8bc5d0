import { expect, test } from 'vitest'
import { type DeskIds, EMPTY_VIEW, type View, viewReducer } from './view.ts'

const NOTHING: DeskIds = { offer: null, current: null, mine: [], listed: [] }
const ids = (over: Partial<DeskIds>): DeskIds => ({ ...NOTHING, ...over })
const change = (view: View, previous: DeskIds | null, next: DeskIds, writing = false) =>
  viewReducer(view, { type: 'deskChanged', previous, next, writing })
const reading: View = { chosen: 'mail', before: null, screen: 'conversation' }
const MAIL = ids({ listed: ['mail'] })

test('an offer is shown at once, and gives the place back when it goes to somebody else', () => {
  const offered = ids({ offer: 'call', listed: ['mail'] })
  const shown = change(reading, MAIL, offered)
  expect(shown).toEqual({ chosen: 'call', before: 'mail', screen: 'conversation' })
  expect(change(shown, offered, MAIL)).toEqual(reading)
})

test('an offer takes nothing from under the hands of somebody who writes', () => {
  expect(change(reading, MAIL, ids({ offer: 'call', listed: ['mail'] }), true)).toEqual(reading)
})

test('the agent who looks elsewhere while it rings is not pulled back', () => {
  const offered = ids({ offer: 'call', listed: ['mail'] })
  const chosen = viewReducer(change(reading, MAIL, offered), { type: 'chose', interactionId: 'mail' })
  expect(change(chosen, offered, ids({ offer: 'call', listed: ['mail', 'more'] })).chosen).toBe('mail')
})

test('an accepted contact stays shown as it moves from offer to the line to the wrap-up', () => {
  const offered = ids({ offer: 'call' })
  const shown = change(EMPTY_VIEW, NOTHING, offered)
  const talking = ids({ current: 'call', listed: ['call'] })
  expect(change(shown, offered, talking).chosen).toBe('call')
})

test('a contact that the agent has finished stays shown until they look elsewhere', () => {
  const wrapped: View = { chosen: 'call', before: null, screen: 'customer' }
  const closed = change(wrapped, ids({ current: 'call', mine: ['call'] }), NOTHING)
  expect(closed).toEqual({ chosen: 'call', before: null, screen: 'conversation' })
  expect(change(closed, NOTHING, MAIL)).toEqual(closed)
  expect(change(closed, NOTHING, ids({ offer: 'next' })).chosen).toBe('next')
})

test('a waiting contact that somebody else took leaves an empty place, and the list on a phone', () => {
  const waiting: View = { chosen: 'w', before: null, screen: 'conversation' }
  expect(change(waiting, ids({ listed: ['w'] }), NOTHING)).toEqual(EMPTY_VIEW)
})

test('a page loaded anew in mid-call shows the call', () => {
  expect(change(EMPTY_VIEW, null, ids({ current: 'call', listed: ['call'] })).chosen).toBe('call')
})
