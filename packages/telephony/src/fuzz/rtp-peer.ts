import { buildRtp } from '../media/rtp/packet.ts'
import { mutate, noise } from './mutate.ts'
import type { Random } from './random.ts'

export type MediaPacket = { readonly to: 'rtp' | 'rtcp'; readonly bytes: Buffer }

/** PCMU, PCMA, comfort noise, telephone events as agreed upon, and what was not. */
const payloadTypes: readonly [number, ...number[]] = [0, 0, 0, 8, 8, 13, 101, 101, 101, 18, 96, 127]
const SOUND = 0.35
const SAMPLES_PER_PACKET = 160

/** A peer that sends audio, digits and reports, most of the time wrongly. */
export const createRtpPeer = (random: Random): { next(): MediaPacket } => {
  let sequence = random.below(65_536)
  let timestamp = random.below(2 ** 32)
  let ssrc = random.below(2 ** 32)

  const audio = (): Buffer => {
    const payloadType = random.pick(payloadTypes)
    if (random.chance(0.02)) ssrc = random.below(2 ** 32)
    sequence = random.chance(0.03) ? random.below(65_536) : sequence + 1
    timestamp += random.chance(0.03) ? random.below(2 ** 31) : SAMPLES_PER_PACKET
    const payload =
      payloadType === 101
        ? Buffer.from([random.below(20), random.below(256), random.below(256), random.below(256)])
        : Buffer.alloc(random.chance(0.9) ? SAMPLES_PER_PACKET : random.below(1_400), random.below(256))
    return buildRtp({ payloadType, marker: random.chance(0.1), sequence, timestamp, ssrc, payload })
  }

  /** A compound packet (RFC 3550 §6.1): a report, then who it is, now and then a goodbye. */
  const report = (): Buffer => {
    const sender = Buffer.alloc(28)
    sender.set([0x80, random.chance(0.5) ? 200 : 201, 0, 6])
    sender.writeUInt32BE(ssrc, 4)
    const name = Buffer.from('peer@example.net')
    const description = Buffer.alloc(8 + 2 + name.length + 2)
    description.set([0x81, 202, 0, description.length / 4 - 1])
    description.writeUInt32BE(ssrc, 4)
    description.set([1, name.length, ...name], 8)
    const goodbye = Buffer.from([0x81, 203, 0, 1, 0, 0, 0, 1])
    return Buffer.concat(random.chance(0.2) ? [sender, description, goodbye] : [sender, description])
  }

  return {
    next: () => {
      if (random.chance(0.03)) return { to: random.chance(0.5) ? 'rtp' : 'rtcp', bytes: noise(random) }
      const isReport = random.chance(0.2)
      const sound = isReport ? report() : audio()
      const bytes = random.chance(SOUND) ? sound : mutate(sound, random)
      // RFC 5761: reports come to RTP's port too; and what was meant for one strays to the other.
      return { to: isReport === random.chance(0.9) ? 'rtcp' : 'rtp', bytes }
    },
  }
}
