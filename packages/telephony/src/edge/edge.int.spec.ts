import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EdgeFactBody } from '../edge-contract/facts.ts'
import { startSipp } from '../sip/testing/sipp.ts'
import { makeTone, measureLevel, measureTone } from '../testing/measure-tone.ts'
import { program, workerBinary } from '../testing/peers.ts'
import { createSoftPhone, type SoftPhone, type SoftPhoneCall } from '../testing/soft-phone.ts'
import { type EdgeUnderTest, startEdgeUnderTest, type TestHub } from './testing/edge-under-test.ts'

const worker = workerBinary()
const sipp = program('sipp', 'apt-get install --no-install-recommends sip-tester')
const missing = [worker.missing, sipp.missing].filter((each) => each !== null).join('; ')

describe.skipIf(missing !== '')(
  `the voice edge's process${missing === '' ? '' : ` (left out: ${missing})`}`,
  () => {
    let edge: EdgeUnderTest
    let hub: TestHub
    let phone: SoftPhone

    beforeAll(async () => {
      edge = await startEdgeUnderTest(worker.path)
    })
    afterAll(async () => {
      await edge[Symbol.asyncDispose]()
    })
    beforeEach(async () => {
      hub = await edge.connect()
      phone = await createSoftPhone({ number: '+390299988877' })
    })
    afterEach(async () => {
      await phone[Symbol.asyncDispose]()
      // What this test made is not told to the next one.
      const count = (type: EdgeFactBody['type']) => hub.facts.filter(({ body }) => body.type === type).length
      await expect.poll(() => count('CallArrived') - count('LegEnded'), { timeout: 10_000 }).toBe(0)
      hub.acknowledge(hub.facts.at(-1)?.number ?? 0)
      hub.close()
    })

    const dial = () => phone.call(`sip:+390281680001@${edge.target.address}:${edge.target.port}`)
    const nextCall = async (after: number) => {
      const body = await hub.fact(
        'CallArrived',
        (fact) => hub.facts.findIndex(({ body }) => body === fact) >= after,
      )
      return body.legId
    }
    /** A call that stands. */
    const answered = async (): Promise<{ call: SoftPhoneCall; legId: string }> => {
      const before = hub.facts.length
      const call = await dial()
      const legId = await nextCall(before)
      expect(await hub.order({ type: 'AnswerLeg', legId })).toMatchObject({ ok: true })
      await call.answered
      await hub.fact('LegEstablished', (fact) => fact.legId === legId)
      return { call, legId }
    }
    const hearsTone = (call: SoftPhoneCall, hertz: number) =>
      expect.poll(() => measureTone(call.heard(400), hertz).share, { timeout: 10_000 }).toBeGreaterThan(0.95)
    const hearsSilence = (call: SoftPhoneCall) =>
      expect.poll(() => measureLevel(call.heard(400)), { timeout: 10_000 }).toBeLessThan(-60)
    const hearsMusic = (call: SoftPhoneCall) =>
      expect
        .poll(() => measureLevel(call.heard(400)) > -40 && measureTone(call.heard(400), 1_000).share < 0.5, {
          timeout: 10_000,
        })
        .toBe(true)
    const twoTalking = async () => {
      const first = await answered()
      const second = await answered()
      first.call.say(makeTone(440, 1), { repeat: true })
      second.call.say(makeTone(1_000, 1), { repeat: true })
      const bridged = await hub.order({ type: 'BridgeLegs', legIds: [first.legId, second.legId] })
      expect(bridged).toMatchObject({ ok: true })
      await hearsTone(first.call, 1_000)
      await hearsTone(second.call, 440)
      return { first, second }
    }

    test('a caller hears ringing, the greeting, then music, in one stream at a sane level', async () => {
      const call = await dial()
      const legId = await nextCall(0)
      await hub.order({ type: 'RingLeg', legId })
      await call.ringing
      expect(await hub.order({ type: 'AnswerLeg', legId })).toMatchObject({ result: { codec: 'PCMU' } })
      await call.answered
      await hub.order({ type: 'PlayToLeg', legId, source: 'greetingThenMusic' })
      await sleep(1_200)
      expect(measureLevel(call.heard(1_000))).toBeGreaterThan(-40)
      expect(await hub.fact('PlaybackFinished')).toMatchObject({ legId, prompt: 'greeting' })
      await sleep(1_000)
      const level = measureLevel(call.heard(800))
      expect(level).toBeGreaterThan(-30)
      expect(level).toBeLessThan(-12)
      expect(call.stream()).toMatchObject({ ssrcs: 1, sequenceBreaks: 0 })
    })

    test('lets no call in while the hub says so, and calls in again for a hub that connects anew', async () => {
      expect(await hub.order({ type: 'AdmitCalls', admit: false })).toMatchObject({ ok: true })
      const refused = await dial()
      expect(await refused.ended).toMatchObject({ how: 'refused', sipStatus: 503 })
      expect(await hub.fact('CallRefused')).toMatchObject({ why: 'notAdmitted' })
      hub.acknowledge(hub.facts.at(-1)?.number ?? 0)
      hub.close()
      hub = await edge.connect()
      const { call } = await answered()
      call.hangUp()
    })

    test('two callers hear each other, hold is music, mute is silence, a new SSRC changes nothing', async () => {
      const { first, second } = await twoTalking()
      expect(measureTone(first.call.heard(400), 1_000).decibels).toBeCloseTo(-15, 0)

      await hub.order({ type: 'HoldLeg', legId: second.legId })
      await hearsMusic(first.call)
      await hearsSilence(second.call)
      await hub.order({ type: 'ResumeLeg', legId: second.legId })
      await hearsTone(first.call, 1_000)

      await hub.order({ type: 'MuteLeg', legId: second.legId })
      await hearsSilence(first.call)
      await hearsTone(second.call, 440)
      await hub.order({ type: 'UnmuteLeg', legId: second.legId })
      await hearsTone(first.call, 1_000)

      second.call.changeSsrc()
      await sleep(600)
      await hearsTone(first.call, 1_000)
      expect(first.call.stream()).toMatchObject({ ssrcs: 1, sequenceBreaks: 0 })

      await hub.order({ type: 'UnbridgeLegs', legIds: [first.legId, second.legId] })
      await hearsSilence(first.call)
    })

    test('a µ-law phone and an A-law phone hear each other', async () => {
      await using other = await createSoftPhone({ number: '+390299988866', codecs: ['PCMA'] })
      const first = await answered()
      const before = hub.facts.length
      const call = await other.call(`sip:+390281680001@${edge.target.address}:${edge.target.port}`)
      const legId = await nextCall(before)
      expect(await hub.order({ type: 'AnswerLeg', legId })).toMatchObject({ result: { codec: 'PCMA' } })
      await hub.fact('LegEstablished', (fact) => fact.legId === legId)
      first.call.say(makeTone(440, 1), { repeat: true })
      call.say(makeTone(1_000, 1), { repeat: true })
      await hub.order({ type: 'BridgeLegs', legIds: [first.legId, legId] })
      await hearsTone(first.call, 1_000)
      await hearsTone(call, 440)
      expect(measureTone(call.heard(400), 440).decibels).toBeCloseTo(-15, 0)
    })

    test('keys are told once each, and the other side does not hear a gap in the numbering', async () => {
      const { first, second } = await twoTalking()
      for (const key of ['1', '1', '#']) first.call.press(key)
      await hub.fact('DigitReceived', ({ digit }) => digit === '#')
      const pressed = hub.facts.flatMap(({ body }) => (body.type === 'DigitReceived' ? [body] : []))
      expect(pressed.map(({ digit }) => digit)).toEqual(['1', '1', '#'])
      expect(pressed[0]).toMatchObject({ legId: first.legId, durationMilliseconds: 80 })
      await hearsTone(second.call, 440)
      expect(second.call.stream()).toMatchObject({ ssrcs: 1, sequenceBreaks: 0 })
    })

    test("the phone's own hold is told, and nothing is sent to it meanwhile", async () => {
      const { call, legId } = await answered()
      await hub.order({ type: 'PlayToLeg', legId, source: 'music' })
      await hearsMusic(call)
      await call.hold()
      expect(await hub.fact('HeldByPeer')).toEqual({ type: 'HeldByPeer', legId })
      await sleep(100)
      const packets = call.stream().packets
      await sleep(300)
      expect(call.stream().packets).toBe(packets)
      await call.resume()
      await hub.fact('ResumedByPeer')
      await expect.poll(() => call.stream().packets).toBeGreaterThan(packets + 10)
      await hearsMusic(call)
      expect(call.stream()).toMatchObject({ ssrcs: 1, sequenceBreaks: 0 })
    })

    test('the same order sent again does nothing and gets the first answer', async () => {
      const { legId } = await answered()
      const reason = { q850: 16, sipStatus: null }
      expect(await hub.order({ type: 'HangUpLeg', legId, reason }, 'once')).toMatchObject({ ok: true })
      await hub.fact('LegEnded')
      expect(await hub.order({ type: 'HangUpLeg', legId, reason }, 'once')).toMatchObject({ ok: true })
      expect(await hub.order({ type: 'HangUpLeg', legId, reason }, 'twice')).toMatchObject({
        code: 'LEG_ENDED',
      })
      expect(hub.facts.filter(({ body }) => body.type === 'LegEnded')).toHaveLength(1)
    })

    test('SIPp cancels while it rings: the leg ends by the peer with 487', async () => {
      const run = await startSipp(sipp.path ?? '', {
        scenario: 'uac-cancel.xml',
        target: edge.target,
        calls: 1,
      })
      await hub.order({ type: 'RingLeg', legId: await nextCall(0) })
      expect(await hub.fact('LegEnded')).toMatchObject({ cause: { sipStatus: 487, by: 'peer' } })
      expect(await run.done).toEqual({ exitCode: 0, errors: '' })
    })

    test('SIPp offers no codec of ours: 488 by the edge itself, no leg', async () => {
      const scenario = 'uac-no-common-codec.xml'
      const run = await startSipp(sipp.path ?? '', { scenario, target: edge.target, calls: 1 })
      expect(await run.done).toEqual({ exitCode: 0, errors: '' })
      expect(await hub.fact('CallRefused')).toMatchObject({ status: 488, why: 'NO_COMMON_CODEC' })
      expect(hub.facts.some(({ body }) => body.type === 'CallArrived')).toBe(false)
    })

    test('SIPp calls thirty times and each call is answered, stands and ends', async () => {
      const run = await startSipp(sipp.path ?? '', {
        scenario: 'uac-answered.xml',
        target: edge.target,
        calls: 30,
        rate: 10,
      })
      const seen = new Set<string>()
      const bodies = (): readonly EdgeFactBody[] => hub.facts.map(({ body }) => body)
      while (bodies().filter(({ type }) => type === 'LegEnded').length < 30) {
        for (const body of bodies()) {
          if (body.type !== 'CallArrived' || seen.has(body.legId)) continue
          seen.add(body.legId)
          await hub.order({ type: 'RingLeg', legId: body.legId })
          await hub.order({ type: 'AnswerLeg', legId: body.legId })
        }
        await sleep(5)
      }
      expect(await run.done).toEqual({ exitCode: 0, errors: '' })
      expect(bodies().filter(({ type }) => type === 'LegEstablished')).toHaveLength(30)
      expect(hub.facts.map(({ number }) => number)).toEqual(
        hub.facts.map((_, i) => i + (hub.facts[0]?.number ?? 0)),
      )
    })
  },
)
