import { describe } from 'vitest'
import { createSystemClock } from '../../sip/index.ts'
import { workerBinary } from '../../testing/peers.ts'
import { mediaContract } from '../media.contract.ts'
import { loadSounds } from '../sounds/load-sounds.ts'
import { createMediasoupMedia } from './mediasoup-media.ts'

const worker = workerBinary()

describe.skipIf(worker.missing !== null)(
  `mediasoup's media${worker.missing === null ? '' : ` (left out: ${worker.missing})`}`,
  () => {
    mediaContract(async (task) => {
      await using media = await createMediasoupMedia({
        sounds: await loadSounds(),
        clock: createSystemClock(),
        address: '127.0.0.1',
        announcedAddress: null,
        rtpPorts: { min: 23_000, max: 23_099 },
        webRtcPorts: { min: 23_100, max: 23_199 },
        workers: 1,
        workerBin: worker.path,
        timeoutMilliseconds: 0,
        onError: (what, error) => {
          throw new Error(what, { cause: error })
        },
      })
      await task(media)
    })
  },
)
