import { beforeEach, expect, test, vi } from 'vitest'
import { createBrowserPhone } from './browser-phone.ts'
import type { Leg } from './leg.ts'
import type { LineSample } from './line-quality.ts'
import type { Microphone } from './microphone.ts'
import { IDLE, type PhoneState, phoneReducer } from './phone-state.ts'
import { VoiceRefusal } from './voice-socket.ts'

const makeTrack = () => ({ enabled: true, stop: vi.fn(), onended: null as null | (() => void) })
type Track = ReturnType<typeof makeTrack>

let state: PhoneState
let broken: () => void
let microphone: Microphone
let track: Track
let legs: { legId: string; speak: ReturnType<typeof vi.fn>; close: ReturnType<typeof vi.fn> }[]
let refusal: VoiceRefusal | null
let played: unknown[]
let measure: () => Promise<LineSample | null>

beforeEach(() => {
  state = IDLE
  track = makeTrack()
  microphone = { status: 'granted', track: track as unknown as MediaStreamTrack }
  legs = []
  refusal = null
  played = []
  measure = async () => null
})

const phone = () =>
  createBrowserPhone({
    openLeg: async (_id, events) => {
      if (refusal) throw refusal
      broken = events.onBroken
      events.onVoice('voice' as unknown as MediaStreamTrack)
      const leg = { legId: `leg-${legs.length}`, speak: vi.fn(async () => {}), close: vi.fn(), measure }
      legs.push(leg)
      return leg as unknown as Leg
    },
    askMicrophone: async () => microphone,
    play: (voice) => played.push(voice),
    dispatch: (event) => {
      state = phoneReducer(state, event)
    },
  })
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

test('an accepted call sends the microphone, plays the customer, and talks once the hub bridged', async () => {
  const my = phone()
  my.take('i')
  my.take('i')
  await settle()
  expect(legs).toHaveLength(1)
  expect(legs[0]?.speak).toHaveBeenCalledWith(track)
  expect(played).toEqual(['voice'])
  expect(state.status).toBe('connecting')
  my.notice({ notice: 'bridged', legId: 'another' })
  expect(state.status).toBe('connecting')
  my.notice({ notice: 'bridged', legId: 'leg-0' })
  expect(state).toEqual({ status: 'talking', interactionId: 'i', legId: 'leg-0' })
})

test('the end of the leg lets go of microphone and media', async () => {
  const my = phone()
  my.take('i')
  await settle()
  my.notice({ notice: 'legEnded', legId: 'leg-0', by: 'customer', q850: 16 })
  expect(track.stop).toHaveBeenCalled()
  expect(legs[0]?.close).toHaveBeenCalled()
  expect(played.at(-1)).toBeNull()
  expect(state).toEqual(IDLE)
})

test('a line that went to another window lets go of the media, and the call may be taken again when it is back', async () => {
  const my = phone()
  my.take('i')
  await settle()
  my.notice({ notice: 'lineTaken' })
  expect(legs[0]?.close).toHaveBeenCalled()
  expect(state).toEqual(IDLE)
  my.notice({ notice: 'lineReturned' })
  my.take('i')
  await settle()
  expect(legs).toHaveLength(2)
  expect(state.status).toBe('connecting')
})

test('without a microphone the agent is told and hears the customer; trying again speaks on the same leg', async () => {
  const my = phone()
  microphone = { status: 'trouble', why: 'denied' }
  my.take('i')
  await settle()
  expect(state).toEqual({ status: 'noMicrophone', interactionId: 'i', why: 'denied' })
  expect(played).toEqual(['voice'])
  microphone = { status: 'granted', track: track as unknown as MediaStreamTrack }
  my.retryMicrophone()
  await settle()
  expect(legs).toHaveLength(1)
  expect(legs[0]?.speak).toHaveBeenCalledTimes(1)
})

test('muted before the microphone is there, it starts silent', async () => {
  const my = phone()
  my.take('i')
  my.setMuted(true)
  await settle()
  expect(track.enabled).toBe(false)
  my.setMuted(false)
  expect(track.enabled).toBe(true)
})

test('a refused leg fails with the code of the hub, and may be tried again', async () => {
  const my = phone()
  refusal = new VoiceRefusal('EDGE_AWAY')
  my.take('i')
  await settle()
  expect(state).toEqual({ status: 'failed', interactionId: 'i', code: 'EDGE_AWAY' })
  refusal = null
  my.retryMicrophone()
  await settle()
  expect(state.status).toBe('connecting')
})

test('a broken media path is opened anew twice, then the agent is told', async () => {
  const my = phone()
  my.take('i')
  await settle()
  for (let time = 0; time < 2; time += 1) {
    broken()
    await settle()
    expect(state.status).toBe('connecting')
  }
  broken()
  expect(state).toEqual({ status: 'failed', interactionId: 'i', code: 'NO_MEDIA' })
  expect(legs).toHaveLength(3)
})

test('the line is measured on the leg that stands; a leg that closes meanwhile measures nothing', async () => {
  const my = phone()
  const sample = { atMs: 1, received: 50, lost: 0, jitterMs: 4, roundTripMs: null }
  measure = async () => sample
  expect(await my.measure()).toBeNull()
  my.take('i')
  await settle()
  expect(await my.measure()).toEqual(sample)
  measure = async () => Promise.reject(new Error('closed'))
  my.release()
  my.take('j')
  await settle()
  expect(await my.measure()).toBeNull()
})

test('a call that was over before its leg stood keeps no microphone', async () => {
  const my = phone()
  my.take('i')
  my.release()
  await settle()
  expect(legs[0]?.close).toHaveBeenCalled()
  expect(state).toEqual(IDLE)
})
