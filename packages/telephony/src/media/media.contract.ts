import { expect, test } from 'vitest'
import type { Media } from './media.ts'

/** What every adapter of the media port keeps. `withMedia` gives a fresh one and disposes of it afterwards. */
export const mediaContract = (withMedia: (task: (media: Media) => Promise<void>) => Promise<void>): void => {
  test('each SIP leg has an even port of its own (RFC 3550 §11)', () =>
    withMedia(async (media) => {
      const legs = await Promise.all([media.openSipLeg({}), media.openSipLeg({}), media.openSipLeg({})])
      const ports = legs.map(({ local }) => local.port)
      expect(new Set(ports).size).toBe(3)
      expect(ports.every((port) => port % 2 === 0)).toBe(true)
    }))

  test('a leg may be told what to hear before it is connected, while it is, and after it was closed', () =>
    withMedia(async (media) => {
      const leg = await media.openSipLeg({})
      leg.hear('music')
      const format = { law: 'PCMU', payloadType: 0 } as const
      leg.connect({ format, remote: null, telephoneEventPayloadType: null, sends: true })
      leg.hear('greetingThenMusic')
      leg.connect({ format, remote: null, telephoneEventPayloadType: null, sends: false })
      leg.close()
      leg.hear('silence')
      leg.close()
    }))

  test("a browser's room lists the laws asked for, in their order, and nothing else", () =>
    withMedia(async (media) => {
      const one = await media.openBrowserLeg(['PCMA'], {})
      const both = await media.openBrowserLeg(['PCMU', 'PCMA'], {})
      const names = ({ routerRtpCapabilities: { codecs } }: typeof one) =>
        (codecs as { mimeType: string }[]).map(({ mimeType }) => mimeType)
      expect(names(one)).toEqual(['audio/PCMA'])
      expect(names(both)).toEqual(['audio/PCMU', 'audio/PCMA'])
    }))

  test('two legs of any kind may hear each other', () =>
    withMedia(async (media) => {
      const sip = await media.openSipLeg({})
      const browser = await media.openBrowserLeg(['PCMU'], {})
      sip.hear(browser)
      browser.hear(sip)
      browser.close()
      sip.hear('music')
    }))

  test('a transport that the leg does not have is refused by its code', () =>
    withMedia(async (media) => {
      const leg = await media.openBrowserLeg(['PCMU'], {})
      await expect(leg.connectTransport('none', {})).rejects.toMatchObject({ code: 'TRANSPORT_UNKNOWN' })
      await expect(leg.produce('none', {})).rejects.toMatchObject({ code: 'TRANSPORT_UNKNOWN' })
      await expect(leg.consume('none', {})).rejects.toMatchObject({ code: 'TRANSPORT_UNKNOWN' })
    }))

  test('a browser leg gives what mediasoup-client needs for a transport', () =>
    withMedia(async (media) => {
      const leg = await media.openBrowserLeg(['PCMU'], {})
      const options = await leg.createTransport('send')
      expect(Object.keys(options).sort()).toEqual(['dtlsParameters', 'iceCandidates', 'iceParameters', 'id'])
    }))
}
