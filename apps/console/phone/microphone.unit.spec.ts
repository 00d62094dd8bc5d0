import { expect, test } from 'vitest'
import { askMicrophone, soundChoice, troubleOf } from './microphone.ts'
import { pickCodec } from './pick-codec.ts'

const failing = (name: string) => Object.assign(new Error(name), { name })

test('why there is no microphone is told by the name of the error', () => {
  expect(troubleOf(failing('NotAllowedError'))).toBe('denied')
  expect(troubleOf(failing('NotFoundError'))).toBe('missing')
  expect(troubleOf(failing('NotReadableError'))).toBe('busy')
})

test('a page that is not opened over HTTPS has no microphone, whatever the agent allows', async () => {
  expect(await askMicrophone(undefined, 'clean')).toEqual({ status: 'trouble', why: 'insecure' })
})

test('raw sound is asked for as it is, without anything taken out', async () => {
  let asked: unknown
  const media = {
    getUserMedia: async (constraints?: MediaStreamConstraints) => {
      asked = constraints?.audio
      throw failing('NotFoundError')
    },
  }
  expect(await askMicrophone(media, 'raw')).toEqual({ status: 'trouble', why: 'missing' })
  expect(asked).toMatchObject({ echoCancellation: false, noiseSuppression: false, autoGainControl: false })
  expect(soundChoice({ getItem: () => null })).toBe('clean')
})

const codec = (mimeType: string, clockRate = 8000) =>
  ({ kind: 'audio', mimeType, clockRate, channels: 1, preferredPayloadType: 0 }) as const

test('the codec is the first of the hub’s that this browser can do; digits are no speech', () => {
  const offered = [codec('audio/telephone-event'), codec('audio/PCMA'), codec('audio/PCMU')]
  const able = [codec('audio/opus', 48_000), codec('audio/pcmu'), codec('audio/pcma')]
  expect(pickCodec(offered, able)?.mimeType).toBe('audio/pcma')
  expect(pickCodec([codec('audio/opus', 48_000), ...offered], able)?.mimeType).toBe('audio/opus')
  expect(pickCodec([codec('audio/G722')], able)).toBeUndefined()
})
