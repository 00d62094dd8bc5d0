import { createSocket } from 'node:dgram'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { startEdgeUnderTest } from '../edge/testing/edge-under-test.ts'
import type { EdgeFact } from '../edge-contract/facts.ts'
import type { VoiceEdge } from '../edge-contract/voice-edge.ts'
import { workerBinary } from '../testing/peers.ts'
import { createSoftPhone } from '../testing/soft-phone.ts'
import { startVoiceEdge } from './start-voice-edge.ts'

const worker = workerBinary()

describe.skipIf(worker.missing !== null)(
  `the hub's voice edge${worker.missing === null ? '' : ` (left out: ${worker.missing})`}`,
  () => {
    let open: AsyncDisposable[] = []

    /** A configuration and the edge that runs with it. */
    const running = async () => {
      const edge = await startEdgeUnderTest(worker.path)
      open.push(edge)
      return edge
    }
    const attach = (config: Parameters<typeof startVoiceEdge>[0]['config']) => {
      const edge = startVoiceEdge({ config })
      open.push(edge)
      const told: string[] = []
      const facts: EdgeFact[] = []
      edge.listen({
        onHello: async (run, legs) => {
          told.push(`hello ${run} ${legs.length}`)
        },
        onFact: async (fact) => {
          facts.push(fact)
          told.push(fact.body.type)
          if (fact.body.type === 'CallArrived') {
            await edge.order({
              orderId: `answer-${fact.body.legId}`,
              type: 'AnswerLeg',
              legId: fact.body.legId,
            })
          }
        },
      })
      return { edge, told, facts }
    }
    const up = async (edge: VoiceEdge) => {
      await expect.poll(() => edge.status().status, { timeout: 20_000, interval: 20 }).toBe('up')
      const status = edge.status()
      if (status.status !== 'up') throw new Error('not up')
      return status
    }

    afterEach(async () => {
      for (const each of open.reverse()) await each[Symbol.asyncDispose]()
      open = []
    })

    test('a hub that starts again finds the edge that runs, its calls and its untold facts', async () => {
      const { config, target, connect } = await running()
      const phone = await createSoftPhone()
      open.push(phone)
      const call = await phone.call(`sip:+39021@${target.address}:${target.port}`)
      const before = await connect()
      const { legId } = await before.fact('CallArrived')
      await before.order({ type: 'AnswerLeg', legId })
      await call.answered
      before.close()

      const { edge, told } = attach(config)
      expect((await up(edge)).edgeRun).toBe(before.hello.edgeRun)
      await expect
        .poll(() => told)
        .toEqual([`hello ${before.hello.edgeRun} 1`, 'CallArrived', 'LegEstablished'])
      expect(call.status()).toBe('established')
    })

    test('an edge with another configuration is ended and replaced', async () => {
      const { config, process: old, connect } = await running()
      const { hello } = await connect()
      const { edge } = attach({ ...config, maxLegs: 7 })
      expect((await up(edge)).edgeRun).not.toBe(hello.edgeRun)
      expect(old.ended).toBe('exit code 0')
    })

    test('an edge that is killed is started again, and orders given meanwhile are answered by the new one', async () => {
      const { config, process: first } = await running()
      const { edge, told } = attach(config)
      const run = (await up(edge)).edgeRun
      first.kill('SIGKILL')
      await expect.poll(() => edge.status().status, { timeout: 5_000 }).not.toBe('up')
      const answer = edge.order({ orderId: 'o1', type: 'RingLeg', legId: 'gone' })
      const next = await up(edge)
      expect(next.edgeRun).not.toBe(run)
      expect(await answer).toMatchObject({ ok: false, code: 'LEG_UNKNOWN' })
      expect(told.filter((each) => each.startsWith('hello'))).toEqual([
        `hello ${run} 0`,
        `hello ${next.edgeRun} 0`,
      ])
    })

    test('an edge that cannot start says why, and is tried again', async () => {
      const first = await running()
      // The same SIP port with another socket: taken, until the first one ends.
      const { edge } = attach({
        ...first.config,
        socketPath: `${first.config.socketPath}2`,
        sip: first.target,
      })
      await expect
        .poll(() => edge.status(), { timeout: 20_000 })
        .toMatchObject({
          status: 'away',
          error: expect.stringContaining('EADDRINUSE'),
          startFailure: 'SIP_PORT_IN_USE',
        })
      first.process.kill('SIGKILL')
      expect((await up(edge)).sip).toEqual(first.target)
    })

    const taken = async (type: 'udp' | 'tcp', port: number) => {
      const server = type === 'udp' ? createSocket('udp4') : createServer()
      await new Promise<void>((resolve) =>
        server instanceof Server
          ? server.listen(port, '127.0.0.1', resolve)
          : server.bind(port, '127.0.0.1', resolve),
      )
      open.push({ [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) })
    }

    test.each([
      ['SIP_ADDRESS_NOT_AVAILABLE', { sip: { address: '192.0.2.1', port: 0 } }],
      ['RTP_PORTS_IN_USE', { rtpPorts: { min: 25_900, max: 25_901 } }],
      ['WEBRTC_PORTS_IN_USE', { webRtcPorts: { min: 25_902, max: 25_903 } }],
      ['MEDIA_WORKER_FAILED', { mediasoupWorkerBin: '/nowhere/mediasoup-worker' }],
    ] as const)('an edge that cannot start names the cause: %s', async (startFailure, overrides) => {
      await taken('udp', 25_900)
      for (const port of [25_902, 25_903]) await taken('tcp', port)
      const folder = await mkdtemp(join(tmpdir(), 'centralino-edge-'))
      open.push({ [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) })
      const { edge } = attach({
        socketPath: join(folder, 'edge.sock'),
        sip: { address: '127.0.0.1', port: 0 },
        rtpPorts: { min: 25_904, max: 25_913 },
        webRtcPorts: { min: 25_914, max: 25_923 },
        mediasoupWorkerBin: worker.path,
        ...overrides,
      })
      await expect
        .poll(() => edge.status(), { timeout: 20_000 })
        .toMatchObject({ status: 'away', startFailure })
    })

    test('disposing of it hangs up, tells the ends of the calls and leaves no process', async () => {
      const { config, process: child, target } = await running()
      const phone = await createSoftPhone()
      open.push(phone)
      const { edge, told } = attach(config)
      await up(edge)
      const call = await phone.call(`sip:+39021@${target.address}:${target.port}`)
      await call.answered
      await sleep(100)
      await edge[Symbol.asyncDispose]()
      expect(await call.ended).toMatchObject({ how: 'bye', by: 'peer' })
      expect(told.at(-1)).toBe('LegEnded')
      expect(await child.waitForEnd(5_000)).toBe(true)
      expect(child.ended).toBe('exit code 0')
      expect(await edge.order({ orderId: 'late', type: 'RingLeg', legId: 'x' })).toMatchObject({
        ok: false,
        code: 'LEG_ENDED',
      })
    })
  },
)
