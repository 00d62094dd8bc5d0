import { createSystemClock } from '../clock/index.ts'
import { edgeConfig } from '../edge-contract/edge-config.ts'
import { endpointText } from '../endpoint.ts'
import { createMediasoupMedia } from '../media/mediasoup/mediasoup-media.ts'
import { loadSounds } from '../media/sounds/load-sounds.ts'
import { Q850 } from '../q850.ts'
import { createSipCounters } from '../sip/index.ts'
import { containFailures } from './contain-failures.ts'
import { startEdge } from './edge.ts'
import { createLineLog } from './line-log.ts'
import { openSipPorts } from './sip-ports.ts'
import { EdgeStartError, mediaFailed } from './start-failure.ts'

const log = createLineLog(process.stdout)

/**
 * The voice edge's process. Its configuration is JSON, as the first argument or in CENTRALINO_EDGE_CONFIG. It ends on
 * SIGTERM, SIGINT or the hub's word, after it has ended its calls. Exit codes: 0 done, 1 could not start; the last line it
 * logs then has the cause as an `EdgeStartFailure` under `startFailure`, where there is one.
 */
const start = async (): Promise<void> => {
  const { CENTRALINO_EDGE_CONFIG } = process.env
  const config = edgeConfig.parse(JSON.parse(process.argv[2] ?? CENTRALINO_EDGE_CONFIG ?? '{}'))
  const failures = containFailures(process, log)
  const clock = createSystemClock(failures.report)
  const sipCounters = createSipCounters()
  const sipPorts = await openSipPorts({ config, clock, counters: sipCounters, log })
  const media = await createMediasoupMedia({
    sounds: await loadSounds(),
    clock,
    address: config.mediaAddress,
    announcedAddress: config.announcedAddress,
    rtpPorts: config.rtpPorts,
    webRtcPorts: config.webRtcPorts,
    workers: config.mediasoupWorkers,
    workerBin: config.mediasoupWorkerBin,
    timeoutMilliseconds: config.mediaTimeoutMilliseconds,
    onError: (what, error) => log.error({ what, error }, 'media failed'),
  }).catch(mediaFailed)
  const edge = await startEdge({
    config,
    clock,
    log,
    media,
    sipPorts,
    sipCounters,
    onFinished: () => process.exit(0),
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      edge.shutdown({ q850: Q850.normalClearing }).catch(failures.report)
    })
  }
  failures.onTooMany(() => {
    edge.shutdown({ q850: Q850.temporaryFailure }).catch(() => process.exit(1))
  })
  // Our own address, as one text: under a name of its own a log takes an address for somebody's.
  const [{ local }] = sipPorts
  log.info({ edgeRun: edge.edgeRun, sip: endpointText(local) }, 'the voice edge is ready')
}

start().catch((error: unknown) => {
  const cause = error instanceof EdgeStartError ? { startFailure: error.startFailure } : {}
  log.error({ error, ...cause }, 'the voice edge could not start')
  process.exit(1)
})
