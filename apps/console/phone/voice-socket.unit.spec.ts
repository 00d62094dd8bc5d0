import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { VoiceNotice } from './voice-protocol.ts'
import { type LineState, openVoiceSocket, VoiceRefusal } from './voice-socket.ts'

class FakeSocket {
  static readonly OPEN = 1
  static all: FakeSocket[] = []
  readyState = 0
  sent: { id: number; method: string }[] = []
  onopen = () => {}
  onmessage = (_event: { data: unknown }) => {}
  onclose = (_event: { code: number }) => {}
  readonly url: string
  constructor(url: string) {
    this.url = url
    FakeSocket.all.push(this)
  }
  open() {
    this.readyState = 1
    this.onopen()
  }
  send(text: string) {
    this.sent.push(JSON.parse(text) as { id: number; method: string })
  }
  say(frame: unknown) {
    this.onmessage({ data: JSON.stringify(frame) })
  }
  close(code = 1006) {
    this.readyState = 3
    this.onclose({ code })
  }
}

let states: LineState[]
let notices: VoiceNotice[]
const open = () =>
  openVoiceSocket({
    url: 'ws://hub/voice',
    onState: (state) => states.push(state),
    onNotice: (notice) => notices.push(notice),
    WebSocket: FakeSocket as unknown as typeof WebSocket,
  })
const newest = () => FakeSocket.all.at(-1) as FakeSocket

beforeEach(() => {
  vi.useFakeTimers()
  FakeSocket.all = []
  states = []
  notices = []
})
afterEach(() => {
  vi.useRealTimers()
})

test('a request gets the answer of its own id', async () => {
  const socket = open()
  newest().open()
  const first = socket.request('openLeg', { interactionId: 'a' })
  const second = socket.request('ping', {})
  newest().say({ id: 1, ok: true, result: { now: 'now' } })
  newest().say({ id: 0, ok: false, code: 'CALL_ENDED' })
  await expect(second).resolves.toEqual({ now: 'now' })
  await expect(first).rejects.toMatchObject({ code: 'CALL_ENDED' })
})

test('a request without a line, or without an answer within 10 s, is refused', async () => {
  const socket = open()
  await expect(socket.request('ping', {})).rejects.toMatchObject({ code: 'LINE_AWAY' })
  newest().open()
  const asked = expect(socket.request('ping', {})).rejects.toMatchObject({ code: 'NO_ANSWER' })
  vi.advanceTimersByTime(10_000)
  await asked
})

test('the presence is kept alive by a ping every 5 s', () => {
  open()
  newest().open()
  vi.advanceTimersByTime(5_000)
  newest().say({ id: 0, ok: true, result: { now: '' } })
  vi.advanceTimersByTime(5_000)
  expect(newest().sent.map((one) => one.method)).toEqual(['ping', 'ping'])
})

test('a line whose session has ended is not tried again', () => {
  open()
  newest().open()
  newest().close(4401)
  expect(states.at(-1)).toEqual({ status: 'closed' })
  vi.advanceTimersByTime(120_000)
  expect(FakeSocket.all).toHaveLength(1)
})

test('a lost line is opened again with bounded waits, and says since when it is away', () => {
  open()
  newest().open()
  newest().close()
  const away = states.at(-1)
  expect(away).toMatchObject({ status: 'away' })
  for (let lost = 0; lost < 20; lost += 1) {
    vi.advanceTimersByTime(10_000)
    newest().close()
  }
  expect(states.at(-1)).toMatchObject({ status: 'away', since: away?.status === 'away' ? away.since : -1 })
  expect(FakeSocket.all.length).toBeGreaterThanOrEqual(20)
  vi.advanceTimersByTime(10_000)
  newest().open()
  expect(states.at(-1)).toEqual({ status: 'open' })
})

test('a line that does not answer its ping is dropped and opened anew', async () => {
  open()
  const dead = newest()
  dead.open()
  await vi.advanceTimersByTimeAsync(15_000)
  expect(dead.readyState).toBe(3)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(newest()).not.toBe(dead)
})

test('a window whose line is in another waits connected, and has it again when the other is gone', () => {
  open()
  newest().open()
  newest().say({ notice: 'lineTaken' })
  expect(states.at(-1)).toEqual({ status: 'taken' })
  vi.advanceTimersByTime(5_000)
  expect(newest().sent.map((one) => one.method)).toEqual(['ping'])
  newest().say({ notice: 'lineReturned' })
  expect(states.at(-1)).toEqual({ status: 'open' })
  expect(FakeSocket.all).toHaveLength(1)
})

test('a window that waits takes the line over by the same connection, once the hub has agreed', async () => {
  const socket = open()
  newest().open()
  newest().say({ notice: 'lineTaken' })
  socket.reopen()
  expect(newest().sent).toEqual([{ id: 0, method: 'takeLine', params: {} }])
  expect(states.at(-1)).toEqual({ status: 'taken' })
  newest().say({ id: 0, ok: false, code: 'BUSY' })
  await vi.advanceTimersByTimeAsync(0)
  expect(states.at(-1)).toEqual({ status: 'taken' })
  socket.reopen()
  newest().say({ id: 1, ok: true, result: {} })
  await vi.advanceTimersByTimeAsync(0)
  expect(states.at(-1)).toEqual({ status: 'open' })
})

test('a window that waits and loses its connection says so, and comes back waiting until it has the line', () => {
  open()
  newest().open()
  newest().say({ notice: 'lineTaken' })
  newest().close()
  expect(states.at(-1)).toMatchObject({ status: 'away' })
  vi.advanceTimersByTime(10_000)
  expect(FakeSocket.all.map(({ url }) => url)).toEqual(['ws://hub/voice', 'ws://hub/voice?waits'])
  newest().open()
  newest().say({ notice: 'lineTaken' })
  expect(states.at(-1)).toEqual({ status: 'taken' })
  newest().say({ notice: 'lineReturned' })
  newest().close()
  vi.advanceTimersByTime(10_000)
  expect(newest().url).toBe('ws://hub/voice')
})

test('a hub that was stopped is told from one that was lost, until it is back', () => {
  open()
  newest().open()
  newest().close()
  expect(states.at(-1)).toMatchObject({ status: 'away', isHubStopped: false })
  vi.advanceTimersByTime(10_000)
  newest().open()
  newest().close(1001)
  expect(states.at(-1)).toMatchObject({ status: 'away', isHubStopped: true })
  vi.advanceTimersByTime(10_000)
  newest().close()
  expect(states.at(-1)).toMatchObject({ status: 'away', isHubStopped: true })
  vi.advanceTimersByTime(10_000)
  newest().open()
  newest().close()
  expect(states.at(-1)).toMatchObject({ status: 'away', isHubStopped: false })
})

test('what waits for an answer is refused when the line is lost', async () => {
  const socket = open()
  newest().open()
  const asked = socket.request('openLeg', { interactionId: 'a' })
  newest().close()
  await expect(asked).rejects.toBeInstanceOf(VoiceRefusal)
})

test('frames that nobody understands are let pass', () => {
  open()
  newest().open()
  newest().onmessage({ data: 'no json' })
  newest().say({ notice: 'somethingNew', legId: 'l' })
  newest().say({ notice: 'legEnded', legId: 'l', by: 'moon', q850: 16 })
  newest().say({ notice: 'legEnded', legId: 'l', by: 'customer', q850: 16 })
  expect(notices).toEqual([{ notice: 'legEnded', legId: 'l', by: 'customer', q850: 16 }])
})
