import { expect, test } from 'vitest'
import type { Media, SipMediaLeg } from './media.ts'
import type { Endpoint } from './rtp/latch.ts'

/** What arrives at a peer: no packet at all, silence, the peer's tone of another leg, or something that is played. */
export type Heard = 'nothing' | 'silence' | 'tone' | 'played'

/** The far end of a SIP leg; says silence as soon as it is there. */
export type ContractPeer = {
  /** Where it takes RTP: for the leg's `connect`. */
  readonly remote: Endpoint
  sayTone(): void
  hears(): Promise<Heard>
}

export type ContractMedia = {
  readonly media: Media
  peerOf(leg: SipMediaLeg): Promise<ContractPeer>
}

const format = { law: 'PCMU', payloadType: 0 } as const
const sessionWith = ({ remote }: ContractPeer, sends = true) => ({
  format,
  remote,
  telephoneEventPayloadType: null,
  sends,
})
const hears = (peer: ContractPeer) => expect.poll(() => peer.hears(), { timeout: 20_000, interval: 20 })

/** What every adapter of the media port keeps. `withMedia` gives a fresh one and disposes of it afterwards. */
export const mediaContract = (
  withMedia: (task: (given: ContractMedia) => Promise<void>) => Promise<void>,
): void => {
  test('each SIP leg has an even port of its own (RFC 3550 §11)', () =>
    withMedia(async ({ media }) => {
      const legs = await Promise.all([media.openSipLeg({}), media.openSipLeg({}), media.openSipLeg({})])
      const ports = legs.map(({ local }) => local.port)
      expect(new Set(ports).size).toBe(3)
      expect(ports.every((port) => port % 2 === 0)).toBe(true)
    }))

  test('a leg hears what it was told, also before it was connected, until it is closed', () =>
    withMedia(async ({ media, peerOf }) => {
      const leg = await media.openSipLeg({})
      const peer = await peerOf(leg)
      leg.hear('music')
      await hears(peer).toBe('nothing')
      leg.connect(sessionWith(peer))
      await hears(peer).toBe('played')
      leg.hear('silence')
      await hears(peer).toBe('silence')
      leg.hear('greetingThenMusic')
      await hears(peer).toBe('played')
      leg.close()
      await hears(peer).toBe('nothing')
      leg.hear('music')
      leg.connect(sessionWith(peer))
      leg.close()
      await hears(peer).toBe('nothing')
    }))

  test('while nothing is to be sent nothing is heard, and afterwards what the leg was told last', () =>
    withMedia(async ({ media, peerOf }) => {
      const leg = await media.openSipLeg({})
      const peer = await peerOf(leg)
      leg.connect(sessionWith(peer))
      await hears(peer).toBe('silence')
      leg.connect(sessionWith(peer, false))
      leg.hear('holdMusic')
      await hears(peer).toBe('nothing')
      leg.connect(sessionWith(peer))
      await hears(peer).toBe('played')
    }))

  test("a browser's room lists the laws asked for, in their order, and nothing else", () =>
    withMedia(async ({ media }) => {
      const one = await media.openBrowserLeg(['PCMA'], {})
      const both = await media.openBrowserLeg(['PCMU', 'PCMA'], {})
      const names = ({ routerRtpCapabilities: { codecs } }: typeof one) =>
        (codecs as { mimeType: string }[]).map(({ mimeType }) => mimeType)
      expect(names(one)).toEqual(['audio/PCMA'])
      expect(names(both)).toEqual(['audio/PCMU', 'audio/PCMA'])
    }))

  test('two legs hear each other, each until it is told otherwise or the other is closed', () =>
    withMedia(async ({ media, peerOf }) => {
      const first = await media.openSipLeg({})
      const second = await media.openSipLeg({})
      const [firstPeer, secondPeer] = [await peerOf(first), await peerOf(second)]
      first.connect(sessionWith(firstPeer))
      second.connect(sessionWith(secondPeer))
      first.hear(second)
      second.hear(first)
      secondPeer.sayTone()
      await hears(firstPeer).toBe('tone')
      await hears(secondPeer).toBe('silence')
      second.hear('music')
      await hears(secondPeer).toBe('played')
      await hears(firstPeer).toBe('tone')
      second.close()
      await hears(firstPeer).toBe('nothing')
    }))

  test("a browser's leg that says nothing yet gives nothing to hear, and may be left again", () =>
    withMedia(async ({ media, peerOf }) => {
      const sip = await media.openSipLeg({})
      const peer = await peerOf(sip)
      const browser = await media.openBrowserLeg(['PCMU'], {})
      sip.connect(sessionWith(peer))
      sip.hear(browser)
      browser.hear(sip)
      await hears(peer).toBe('nothing')
      sip.hear('music')
      await hears(peer).toBe('played')
      browser.close()
      await hears(peer).toBe('played')
    }))

  test('a transport that the leg does not have is refused by its code', () =>
    withMedia(async ({ media }) => {
      const leg = await media.openBrowserLeg(['PCMU'], {})
      await expect(leg.connectTransport('none', {})).rejects.toMatchObject({ code: 'TRANSPORT_UNKNOWN' })
      await expect(leg.produce('none', {})).rejects.toMatchObject({ code: 'TRANSPORT_UNKNOWN' })
      await expect(leg.consume('none', {})).rejects.toMatchObject({ code: 'TRANSPORT_UNKNOWN' })
    }))

  test('a browser leg gives what mediasoup-client needs for a transport', () =>
    withMedia(async ({ media }) => {
      const leg = await media.openBrowserLeg(['PCMU'], {})
      const options = await leg.createTransport('send')
      expect(Object.keys(options).sort()).toEqual(['dtlsParameters', 'iceCandidates', 'iceParameters', 'id'])
    }))
}
