import { expect, test } from 'vitest'
import { comparePositions } from './position.ts'
import { timelineItems } from './timeline-items.ts'
import { bringsOthers, type Entry, type Timeline, timelineReducer } from './timeline-state.ts'

const entry = (position: string, interaction: string | null = null, over: Partial<Entry> = {}): Entry => ({
  id: position,
  position,
  type: 'InteractionQueued',
  at: `2026-11-23T13:00:${position.padStart(2, '0').slice(-2)}.000Z`,
  channel: 'CALL',
  customer: { id: 'giulia' },
  agent: null,
  facts: [],
  interaction:
    interaction === null
      ? null
      : {
          id: interaction,
          channel: 'CALL',
          direction: 'INBOUND',
          status: 'QUEUED',
          subject: null,
          excerpt: null,
          openedAt: '2026-11-23T13:00:01.000Z',
          queuedAt: null,
          handlingStartedAt: null,
          handlingEndedAt: null,
          closedAt: null,
          closedHow: null,
          disposition: null,
          note: null,
          agent: null,
          queue: null,
        },
  ...over,
})
const ready = (...entries: Entry[]): Timeline =>
  timelineReducer({ status: 'loading' }, { type: 'pageLoaded', entries, earlier: null })
const positions = (timeline: Timeline) =>
  timeline.status === 'ready' ? timeline.entries.map((one) => one.position) : []

test('positions sort as they were written, whatever their length', () => {
  expect(['9', '10', '100', '99'].sort(comparePositions)).toEqual(['9', '10', '99', '100'])
  expect(['b', 'a'].sort(comparePositions)).toEqual(['a', 'b'])
})

test('an event that comes with the page and over the stream is shown once, the newest on top', () => {
  const timeline = timelineReducer(ready(entry('9'), entry('10')), { type: 'arrived', entry: entry('10') })
  expect(positions(timelineReducer(timeline, { type: 'arrived', entry: entry('11') }))).toEqual([
    '11',
    '10',
    '9',
  ])
})

test('an earlier page joins at the end', () => {
  const timeline = timelineReducer(ready(entry('9')), {
    type: 'pageLoaded',
    entries: [entry('3')],
    earlier: 'cursor',
  })
  expect(positions(timeline)).toEqual(['9', '3'])
})

test('a failed reload keeps what is shown', () => {
  expect(positions(timelineReducer(ready(entry('9')), { type: 'failed' }))).toEqual(['9'])
  expect(timelineReducer({ status: 'loading' }, { type: 'failed' })).toEqual({ status: 'failed' })
})

const loaded = (earlier: string | null, ...entries: Entry[]): Timeline =>
  timelineReducer({ status: 'loading' }, { type: 'pageLoaded', entries, earlier })

test('a page loaded anew brings in what moved here, and leaves nothing of what moved away', () => {
  const timeline = timelineReducer(ready(entry('9'), entry('7', 'away')), {
    type: 'reloaded',
    entries: [entry('9'), entry('5', 'here'), entry('4', 'here')],
    earlier: null,
  })
  expect(positions(timeline)).toEqual(['9', '5', '4'])
})

test('a page loaded anew keeps what arrived meanwhile and what was loaded of earlier days', () => {
  const known = loaded('before 1', entry('12'), entry('9'), entry('2'), entry('1'))
  const timeline = timelineReducer(known, {
    type: 'reloaded',
    entries: [entry('9'), entry('6', 'here')],
    earlier: 'before 6',
  })
  expect(positions(timeline)).toEqual(['12', '9', '6', '2', '1'])
  expect(timeline).toMatchObject({ earlier: 'before 1' })
})

test('of a customer whose only contact moved away nothing stays', () => {
  const timeline = timelineReducer(ready(entry('9', 'away')), {
    type: 'reloaded',
    entries: [],
    earlier: null,
  })
  expect(timeline).toMatchObject({ status: 'ready', entries: [] })
})

test('an entry that became another customer’s is taken out, and one never shown is none to take out', () => {
  const timeline = timelineReducer(ready(entry('9'), entry('7', 'away')), { type: 'left', entry: entry('7') })
  expect(positions(timeline)).toEqual(['9'])
  expect(timelineReducer(timeline, { type: 'left', entry: entry('5') })).toEqual(timeline)
})

test('a choice of the customer brings old entries along, no other event does', () => {
  expect(bringsOthers(entry('9', 'call', { type: 'InteractionCustomerChosen' }))).toBe(true)
  expect(bringsOthers(entry('9', 'call'))).toBe(false)
})

test('the steps of a contact are one line, as it stood at its newest step', () => {
  const newer = entry('12', 'call')
  const contact = newer.interaction
  const items = timelineItems([
    entry('10', 'call'),
    entry('11'),
    { ...newer, interaction: contact ? { ...contact, status: 'HANDLING' } : null },
  ])
  const call = items.find((item) => item.kind === 'contact')
  expect(items).toHaveLength(2)
  expect(call).toMatchObject({ contact: { status: 'HANDLING' } })
  expect(call?.kind === 'contact' && call.steps.map((step) => step.position)).toEqual(['12', '10'])
})

test('lines stand at the time they began, newest first', () => {
  const items = timelineItems([entry('10', 'call'), entry('50')])
  expect(items.map((item) => item.kind)).toEqual(['event', 'contact'])
})
