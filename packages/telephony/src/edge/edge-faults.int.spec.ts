import { createSocket } from 'node:dgram'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { EdgeConfigInput } from '../edge-contract/edge-config.ts'
import { makeTone, measureLevel, measureTone } from '../testing/measure-tone.ts'
import { workerBinary } from '../testing/peers.ts'
import { createSoftPhone, type SoftPhone, type SoftPhoneCall } from '../testing/soft-phone.ts'
import { type EdgeUnderTest, startEdgeUnderTest, type TestHub } from './testing/edge-under-test.ts'

const worker = workerBinary()

describe.skipIf(worker.missing !== null)(
  `faults around the voice edge${worker.missing === null ? '' : ` (left out: ${worker.missing})`}`,
  () => {
    let open: AsyncDisposable[] = []

    const start = async (config: Partial<EdgeConfigInput> = {}) => {
      const edge = await startEdgeUnderTest(worker.path, config)
      const phone = await createSoftPhone({ number: '+390299988877' })
      open.push(edge, phone)
      const hub = await edge.connect()
      return { edge, hub, phone, dial: () => dial(edge, phone) }
    }
    const dial = (edge: EdgeUnderTest, phone: SoftPhone) =>
      phone.call(`sip:+390281680001@${edge.target.address}:${edge.target.port}`)
    const answer = async (hub: TestHub, call: SoftPhoneCall, number = 1) => {
      await expect.poll(() => hub.facts.filter(({ body }) => body.type === 'CallArrived').length).toBe(number)
      const arrived = hub.facts.map(({ body }) => body).findLast(({ type }) => type === 'CallArrived')
      const legId = arrived?.type === 'CallArrived' ? arrived.legId : ''
      expect(await hub.order({ type: 'AnswerLeg', legId })).toMatchObject({ ok: true })
      await call.answered
      return legId
    }
    const hearsTone = (call: SoftPhoneCall, hertz: number) =>
      expect.poll(() => measureTone(call.heard(400), hertz).share, { timeout: 10_000 }).toBeGreaterThan(0.95)
    const hearsSomething = (call: SoftPhoneCall) =>
      expect.poll(() => measureLevel(call.heard(400)), { timeout: 10_000 }).toBeGreaterThan(-40)

    afterEach(async () => {
      for (const each of open.reverse()) await each[Symbol.asyncDispose]()
      open = []
    })

    test('malformed and oversized datagrams on both ports leave it alive and are counted', async () => {
      const { edge, hub, dial } = await start()
      const call = await dial()
      const legId = await answer(hub, call)
      await hub.order({ type: 'PlayToLeg', legId, source: 'music' })
      const socket = createSocket('udp4')
      const rubbish = [
        Buffer.from('INVITE'),
        Buffer.from('INVITE sip:x SIP/2.0\r\nVia: nonsense\r\n\r\n'),
        Buffer.from(`INVITE sip:x@y SIP/2.0\r\n${'X: y\r\n'.repeat(9_000)}\r\n`),
        Buffer.alloc(60_000, 0xff),
        Buffer.alloc(12),
        Buffer.of(0x80),
        Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]),
      ]
      const rtpPorts = Array.from({ length: 20 }, (_, i) => edge.config.rtpPorts.min + 2 * i)
      for (const bytes of rubbish) {
        for (const port of [edge.target.port, ...rtpPorts])
          socket.send(bytes, port, '127.0.0.1', () => undefined)
      }
      await expect.poll(() => hub.counters()?.['sip.malformed'] ?? 0, { timeout: 15_000 }).toBeGreaterThan(0)
      socket.close()
      expect(
        (hub.counters()?.['rtp.malformed'] ?? 0) + (hub.counters()?.['rtp.wrongSource'] ?? 0),
      ).toBeGreaterThan(0)
      expect(edge.process.ended).toBe(null)
      await hearsSomething(call)
      await answer(hub, await dial(), 2)
    })

    test('while the hub is away callers talk on; what happened is told after, from the first unacknowledged fact', async () => {
      const { edge, hub, dial } = await start()
      const first = await dial()
      const firstLeg = await answer(hub, first)
      const second = await dial()
      const secondLeg = await answer(hub, second, 2)
      await hub.fact('LegEstablished', ({ legId }) => legId === secondLeg)
      await hub.order({ type: 'BridgeLegs', legIds: [firstLeg, secondLeg] })
      first.say(makeTone(440, 1), { repeat: true })
      second.say(makeTone(1_000, 1), { repeat: true })
      await hearsTone(first, 1_000)
      hub.acknowledge(2)
      await sleep(50)
      const told = hub.facts.map(({ number }) => number)
      hub.close()

      await sleep(500)
      await hearsTone(first, 1_000)
      await hearsTone(second, 440)
      const third = await dial()
      second.hangUp()
      await second.ended
      // The one who is left hears music: nobody is there to order anything.
      await expect
        .poll(() => measureTone(first.heard(400), 1_000).share, { timeout: 10_000 })
        .toBeLessThan(0.5)
      await hearsSomething(first)

      const back = await edge.connect()
      expect(back.hello.edgeRun).toBe(hub.hello.edgeRun)
      expect(back.hello.legs.map(({ state }) => state).sort()).toEqual(['answered', 'offered'])
      await back.fact('LegEnded', ({ legId }) => legId === secondLeg)
      expect(back.facts.map(({ number }) => number)).toEqual(back.facts.map((_, i) => i + 3))
      expect(back.facts.length).toBeGreaterThan(told.length - 2)
      const waiting = await back.fact('CallArrived', ({ legId }) =>
        back.hello.legs.some((leg) => leg.legId === legId && leg.state === 'offered'),
      )
      expect(await back.order({ type: 'AnswerLeg', legId: waiting.legId })).toMatchObject({ ok: true })
      await third.answered
    })

    test('a hub that is away for too long: the waiting call and every new one get 503', async () => {
      const { hub, dial } = await start({ hubAwayLimitMilliseconds: 600 })
      hub.close()
      const waiting = await dial()
      expect(await waiting.ended).toMatchObject({ how: 'refused', sipStatus: 503 })
      const late = await dial()
      expect(await late.ended).toMatchObject({ how: 'refused', sipStatus: 503 })
    })

    test('when no RTP port is left an answer is refused, and possible again after a hang-up', async () => {
      const { hub, dial } = await start({ rtpPorts: { min: 25_990, max: 25_991 } })
      const first = await dial()
      await answer(hub, first)
      const second = await dial()
      const { legId } = await hub.fact(
        'CallArrived',
        ({ legId }) =>
          legId !== hub.facts.map(({ body }) => (body.type === 'CallArrived' ? body.legId : null))[0],
      )
      expect(await hub.order({ type: 'AnswerLeg', legId })).toMatchObject({
        code: 'MEDIA_FAILED',
        detail: 'NO_PORT_FREE',
      })
      first.hangUp()
      await hub.fact('LegEnded')
      await expect.poll(() => hub.order({ type: 'AnswerLeg', legId })).toMatchObject({ ok: true })
      await second.answered
    })

    test('a phone that sends no audio and reports by RTCP is there; when its reports stop too it is lost', async () => {
      const { edge, hub, dial } = await start({ mediaTimeoutMilliseconds: 300 })
      const call = await dial()
      const legId = await answer(hub, call)
      call.vanish()
      const reporter = createSocket('udp4')
      const { min } = edge.config.rtpPorts
      const report = Buffer.from([0x80, 201, 0, 1, 0, 0, 0, 1])
      const reporting = setInterval(() => {
        for (let port = min + 1; port < min + 40; port += 2) reporter.send(report, port, '127.0.0.1')
      }, 50)
      // Longer than a phone without any RTCP is waited for.
      await sleep(2_000)
      clearInterval(reporting)
      expect(hub.facts.some(({ body }) => body.type === 'MediaLost')).toBe(false)
      expect(await hub.fact('MediaLost')).toEqual({ type: 'MediaLost', legId, why: 'silent' })
      reporter.close()
    })

    test('a phone that vanished is hung up and told as lost', async () => {
      const { hub, dial } = await start({ mediaTimeoutMilliseconds: 140 })
      const call = await dial()
      const legId = await answer(hub, call)
      await sleep(1_000)
      expect(hub.facts.some(({ body }) => body.type === 'MediaLost')).toBe(false)
      call.vanish()
      expect(await hub.fact('MediaLost')).toEqual({ type: 'MediaLost', legId, why: 'silent' })
      expect(await hub.fact('LegEnded')).toMatchObject({ cause: { q850: 41, by: 'edge' } })
      expect(await call.ended).toMatchObject({ how: 'bye', by: 'peer', q850: 41 })
    })

    test('the media worker dies: browser legs are lost, callers hear on, a new worker comes', async () => {
      const { edge, hub, dial } = await start()
      const call = await dial()
      const legId = await answer(hub, call)
      await hub.order({ type: 'PlayToLeg', legId, source: 'music' })
      await hub.order({ type: 'OpenBrowserLeg', legId: 'agent', bridgeWith: legId })
      for (const pid of await childrenOf(edge.process.pid)) process.kill(pid, 'SIGKILL')
      expect(await hub.fact('MediaLost')).toEqual({ type: 'MediaLost', legId: 'agent', why: 'workerDied' })
      await hearsSomething(call)
      await expect
        .poll(() => hub.order({ type: 'OpenBrowserLeg', legId: 'another', bridgeWith: legId }), {
          timeout: 10_000,
        })
        .toMatchObject({
          ok: true,
          result: { routerRtpCapabilities: { codecs: [{ mimeType: 'audio/PCMU' }] } },
        })
    })

    test.each(['frame', 'signal'] as const)(
      'told to end by %s: every call gets BYE or 503, facts are told, exit code 0',
      async (how) => {
        const { edge, hub, dial } = await start()
        const talking = await dial()
        await answer(hub, talking)
        const waiting = await dial()
        await expect.poll(() => hub.facts.filter(({ body }) => body.type === 'CallArrived').length).toBe(2)
        if (how === 'frame') hub.shutdown()
        else edge.process.kill('SIGTERM')
        expect(await talking.ended).toMatchObject({ how: 'bye', by: 'peer', q850: 16 })
        expect(await waiting.ended).toMatchObject({ how: 'refused' })
        await expect.poll(() => hub.facts.filter(({ body }) => body.type === 'LegEnded').length).toBe(2)
        hub.acknowledge(hub.facts.at(-1)?.number ?? 0)
        expect(await edge.process.waitForEnd(10_000)).toBe(true)
        expect(edge.process.ended).toBe('exit code 0')
      },
    )
  },
)

const childrenOf = async (pid: number | undefined): Promise<number[]> => {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return list
    .split(' ')
    .filter((each) => each.trim() !== '')
    .map(Number)
}
