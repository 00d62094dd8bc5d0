import { describe, expect } from 'vitest'
import { startEdgeUnderTest } from '../edge/testing/edge-under-test.ts'
import { voiceEdgeContract } from '../edge-contract/voice-edge.contract.ts'
import { workerBinary } from '../testing/peers.ts'
import { createSoftPhone } from '../testing/soft-phone.ts'
import { connectToEdge } from './edge-connection.ts'
import { startVoiceEdge } from './start-voice-edge.ts'

const worker = workerBinary()
const POLL = { timeout: 20_000, interval: 10 }

describe.skipIf(worker.missing !== null)(
  `the contract of the real voice edge${worker.missing === null ? '' : ` (left out: ${worker.missing})`}`,
  () => {
    voiceEdgeContract(async () => {
      await using resources = new AsyncDisposableStack()
      const running = resources.use(await startEdgeUnderTest(worker.path))
      const phone = resources.use(await createSoftPhone({ number: '+390299988877' }))
      const edge = resources.use(startVoiceEdge({ config: running.config }))
      const up = () => expect.poll(() => edge.status().status, POLL).toBe('up')
      const owned = resources.move()
      return {
        edge,
        dial: async () => {
          await up()
          const status = edge.status()
          const { address, port } = status.status === 'up' ? status.sip : running.target
          const call = await phone.call(`sip:+390281680001@${address}:${port}`)
          return { acknowledge: () => undefined, hangUp: () => call.hangUp() }
        },
        loseConnection: async () => {
          await up()
          // The edge serves one hub, the newest: this one drives the other out, and is driven out when that returns.
          const other = await connectToEdge(running.config.socketPath)
          if ('failed' in other) throw new Error(other.detail)
          const closed = Promise.withResolvers<void>()
          other.start({ onFrame: () => undefined, onClosed: () => closed.resolve() })
          await closed.promise
          await up()
        },
        crash: async () => {
          await up()
          running.process.kill('SIGKILL')
          await expect.poll(() => edge.status().status, POLL).not.toBe('up')
          await up()
        },
        [Symbol.asyncDispose]: () => owned.disposeAsync(),
      }
    })
  },
)
