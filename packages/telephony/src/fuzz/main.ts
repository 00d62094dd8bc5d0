import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { fuzzMedia } from './fuzz-media.ts'
import { fuzzSignalling } from './fuzz-signalling.ts'
import { fuzzUdpPort } from './fuzz-udp-port.ts'

/**
 * `npm run fuzz -- --packets 1000000 --seed 1`: mutated SIP, SDP, RTP and RTCP against the edge's
 * layers, one kind after the other, with what they left behind. Exit code 1 when anything failed or was left. Nothing
 * catches what nobody catches in the edge's process: a crash there is a crash here.
 */
const { values } = parseArgs({
  options: {
    packets: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
  },
})
const packets = Number(values.packets)
const seed = Number(values.seed)

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
const heapMegabytes = (): number => {
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** A tenth runs first, so that what is compiled and cached once is not taken for a leak. */
const measured = async <T>(
  name: string,
  share: number,
  run: (packets: number, seed: number) => Promise<T>,
) => {
  const all = Math.round(packets * share)
  const warmUp = Math.round(all / 10)
  await run(warmUp, seed + 1)
  const before = heapMegabytes()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const started = performance.now()
  const report = await run(all - warmUp, seed)
  const seconds = (performance.now() - started) / 1_000
  delay.disable()
  const after = heapMegabytes()
  print(`\n— ${name}: ${all} packets, ${Math.round((all - warmUp) / seconds)} a second —`)
  print(`heap ${before.toFixed(1)} MB before, ${after.toFixed(1)} MB after`)
  const milliseconds = (percentile: number): string => (delay.percentile(percentile) / 1e6).toFixed(1)
  print(
    `event loop delay p50 ${milliseconds(50)}, p99 ${milliseconds(99)}, p99.9 ${milliseconds(99.9)}, max ${(delay.max / 1e6).toFixed(1)} ms`,
  )
  print(JSON.stringify(report, null, 1))
  return report
}

const signalling = await measured('SIP and SDP', 0.5, fuzzSignalling)
const udpPort = await measured('SIP over UDP', 0.1, fuzzUdpPort)
const media = await measured('RTP and RTCP over UDP', 0.4, (count, from) =>
  fuzzMedia(count, from, { min: 25_700, max: 25_799 }),
)
const failures = [...signalling.failures, ...udpPort.failures, ...media.failures]
const left = [...Object.values(signalling.remains), ...Object.values(udpPort.remains), media.portsLeft]
if (failures.length > 0 || left.some((count) => count !== 0)) process.exitCode = 1
