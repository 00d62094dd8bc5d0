import { setTimeout as sleep } from 'node:timers/promises'
import { describe } from 'vitest'
import { createSystemClock } from '../../sip/index.ts'
import { makeTone, measureLevel, measureTone } from '../../testing/measure-tone.ts'
import { workerBinary } from '../../testing/peers.ts'
import { SoftPhoneAudio } from '../../testing/soft-phone-audio.ts'
import { type ContractPeer, type Heard, mediaContract } from '../media.contract.ts'
import type { SipMediaLeg } from '../media.ts'
import { RtpPortRange } from '../rtp/port-range.ts'
import { Ticker } from '../rtp/ticker.ts'
import { loadSounds } from '../sounds/load-sounds.ts'
import { createMediasoupMedia } from './mediasoup-media.ts'

const worker = workerBinary()
const TONE_HERTZ = 1_000
const LISTENING_MILLISECONDS = 300

/** A phone's RTP without its SIP. */
const listenAt = async ({ local }: SipMediaLeg, ports: RtpPortRange, ticker: Ticker) => {
  const socket = await ports.open()
  if (socket === null) throw new Error('no RTP port is free')
  const remote = { address: '127.0.0.1', port: socket.address().port }
  const audio = new SoftPhoneAudio(socket, ticker)
  audio.start({ law: 'PCMU', payloadType: 0, telephoneEventPayloadType: null, remote: local })
  const hears = async (): Promise<Heard> => {
    const before = audio.heard().length
    await sleep(LISTENING_MILLISECONDS)
    const pcm = audio.heard().subarray(before)
    if (pcm.length === 0) return 'nothing'
    if (measureLevel(pcm) < -60) return 'silence'
    return measureTone(pcm, TONE_HERTZ).share > 0.95 ? 'tone' : 'played'
  }
  const peer: ContractPeer = {
    remote,
    sayTone: () => audio.say(makeTone(TONE_HERTZ, 1), true),
    hears,
  }
  return { peer, audio }
}

describe.skipIf(worker.missing !== null)(
  `mediasoup's media${worker.missing === null ? '' : ` (left out: ${worker.missing})`}`,
  () => {
    mediaContract(async (task) => {
      const clock = createSystemClock()
      const ports = new RtpPortRange('127.0.0.1', { min: 23_200, max: 23_299 })
      const ticker = new Ticker(clock, (error) => {
        throw error
      })
      const phones: SoftPhoneAudio[] = []
      await using media = await createMediasoupMedia({
        sounds: await loadSounds(),
        clock,
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
      try {
        await task({
          media,
          peerOf: async (leg) => {
            const { peer, audio } = await listenAt(leg, ports, ticker)
            phones.push(audio)
            return peer
          },
        })
      } finally {
        for (const phone of phones) phone.close()
        ticker.close()
      }
    })
  },
)
