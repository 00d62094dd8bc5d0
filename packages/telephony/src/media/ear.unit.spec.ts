import { beforeAll, expect, test } from 'vitest'
import { createManualClock } from '../clock/testing/manual-clock.ts'
import { Ear } from './ear.ts'
import { decodeG711, encodeG711 } from './rtp/g711.ts'
import { parseRtp, type RtpPacket } from './rtp/packet.ts'
import { RtpSender } from './rtp/rtp-sender.ts'
import { Ticker } from './rtp/ticker.ts'
import { loadSounds } from './sounds/load-sounds.ts'
import { type Sounds, toSound } from './sounds/sound.ts'

let shipped: Sounds
beforeAll(async () => {
  shipped = await loadSounds()
})

const setUp = (sounds: Sounds) => {
  const clock = createManualClock()
  const sent: RtpPacket[] = []
  const finished: number[] = []
  const sender = new RtpSender({
    format: { law: 'PCMU', payloadType: 0 },
    ssrc: 7,
    firstSequence: 0,
    firstTimestamp: 0,
    now: clock.now,
    write: (datagram) => {
      const packet = parseRtp(datagram)
      if (packet !== null) sent.push(packet)
    },
  })
  const ear = new Ear({
    sender,
    sounds,
    ticker: new Ticker(clock, (error) => {
      throw error
    }),
    onGreetingFinished: () => finished.push(sent.length),
  })
  const pcm = () => Int16Array.from(sent.flatMap((packet) => [...decodeG711('PCMU', packet.payload)]))
  return { clock, sent, ear, finished, pcm }
}

/** The largest step between two samples, around the borders of frames and anywhere else. */
const largestSteps = (pcm: Int16Array): { border: number; inside: number } => {
  const steps = { border: 0, inside: 0 }
  for (let i = 1; i < pcm.length; i++) {
    const step = Math.abs((pcm[i] ?? 0) - (pcm[i - 1] ?? 0))
    if (i % 160 === 0) steps.border = Math.max(steps.border, step)
    else steps.inside = Math.max(steps.inside, step)
  }
  return steps
}

const level = (pcm: Int16Array): number =>
  20 * Math.log10(Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length) / 32_768)

/** A loud low tone, the worst case: cut anywhere, it would step by up to its whole height. */
const tone = toSound(
  Int16Array.from({ length: 8_000 }, (_, i) =>
    Math.round(16_000 * Math.sin((2 * Math.PI * 200 * i) / 8_000 + 1)),
  ),
)

test('switching sources every few frames keeps one unbroken stream of frames of 20 ms', () => {
  const { clock, sent, ear } = setUp(shipped)
  for (const source of [
    'greetingThenMusic',
    'music',
    'holdMusic',
    'silence',
    'music',
    'greetingThenMusic',
  ] as const) {
    ear.play(source)
    clock.advance(130)
  }
  clock.advance(20)
  expect(sent.length).toBeGreaterThan(35)
  sent.forEach((packet, i) => {
    expect(packet.sequence).toBe(i)
    expect(packet.timestamp).toBe(i * 160)
    expect(packet.payload.length).toBe(160)
  })
})

test('no switch between loud sources clicks', () => {
  const sounds = { greeting: tone, music: tone, holdMusic: tone }
  const { clock, ear, pcm } = setUp(sounds)
  for (let i = 0; i < 20; i++) {
    for (const source of ['music', 'silence', 'holdMusic', 'greetingThenMusic'] as const) {
      ear.play(source)
      clock.advance(61 + 20 * (i % 5))
    }
  }
  // The tone's own steepest step, and the rounding of µ-law at that height.
  const own = 16_000 * 2 * Math.PI * (200 / 8_000)
  const { border, inside } = largestSteps(pcm())
  expect(border).toBeLessThan(own + 1_024)
  expect(inside).toBeLessThan(own + 1_024)
})

test('before a bridge what was playing fades out, and nothing is sent twice at a time', () => {
  const { clock, ear, sent, pcm } = setUp({ greeting: tone, music: tone, holdMusic: tone })
  ear.play('music')
  clock.advance(200)
  ear.forward()
  const before = sent.length
  const forwarded = { law: 'PCMU', payload: encodeG711('PCMU', new Int16Array(160)), spurt: 1 } as const
  for (let n = 0; n < 10; n++) {
    ear.take({ ...forwarded, sequence: n, timestamp: n * 160 })
    clock.advance(20)
  }
  // One fading frame; the frames that came before it was sent are dropped.
  expect(sent.length - before).toBeGreaterThanOrEqual(9)
  expect(sent.length - before).toBeLessThanOrEqual(11)
  expect(largestSteps(pcm()).border).toBeLessThan(16_000 * 2 * Math.PI * (200 / 8_000) + 1_024)
  expect([...pcm().slice(-320)].every((sample) => Math.abs(sample) < 16)).toBe(true)
  sent.forEach((packet, i) => {
    expect(packet.sequence).toBe(i)
  })
})

test('the greeting is reported when it has been sent whole, once, and music follows', () => {
  const { clock, ear, finished, pcm } = setUp(shipped)
  ear.play('greetingThenMusic')
  const seconds = shipped.greeting.pcm.length / 8_000
  clock.advance(seconds * 1_000 - 100)
  expect(finished).toEqual([])
  clock.advance(200)
  expect(finished).toHaveLength(1)
  clock.advance(60_000)
  expect(finished).toHaveLength(1)
  expect(level(pcm().slice(-80_000))).toBeGreaterThan(-24)
})

test('music that already plays goes on where it is', () => {
  const { clock, ear, sent } = setUp(shipped)
  ear.play('music')
  clock.advance(1_000)
  const marks = sent.filter(({ marker }) => marker).length
  ear.play('music')
  clock.advance(1_000)
  expect(sent.filter(({ marker }) => marker)).toHaveLength(marks)
})

test('frames of the other leg are dropped while something is played', () => {
  const { clock, ear, sent } = setUp(shipped)
  clock.advance(100)
  const before = sent.length
  ear.take({ law: 'PCMU', payload: new Uint8Array(160), spurt: 1, sequence: 5, timestamp: 5 })
  expect(sent.length).toBe(before)
})
