import { measureLevel, measureTone } from '@centralino/telephony/testing'
import { expect, it } from 'vitest'
import { hasChromium } from '../world/browser.ts'
import { openDesk } from '../world/desk.ts'
import { eventually } from '../world/eventually.ts'
import { startHub } from '../world/hub-process.ts'
import { baresip, dialWithBaresip } from '../world/real-phone.ts'

const MICROPHONE_HZ = 440
const CALLER_HZ = 1_000
const RATE = 8_000

const isMissing = (!hasChromium || baresip.path === null) && !process.env['CI']

it.skipIf(isMissing)(
  'a call from a phone that nobody here wrote is answered in the browser, held by either side, and hung up (needs Chromium and baresip)',
  async () => {
    await using hub = await startHub()
    await using desk = await openDesk(hub.url, 'sofia@linfa.example', { microphoneHz: MICROPHONE_HZ })
    await desk.beReady()
    await using phone = await dialWithBaresip(hub, { number: '+39065550142', toneHz: CALLER_HZ })
    const lastSecond = async () => (await phone.heard()).subarray(-RATE)
    const hearsAgent = () =>
      eventually(
        'the phone hears the agent',
        async () => measureTone(await lastSecond(), MICROPHONE_HZ).share,
        (share) => share > 0.9,
      )
    const hearsMusic = () =>
      eventually(
        'the phone hears music',
        async () => {
          const heard = await lastSecond()
          return { level: measureLevel(heard), agent: measureTone(heard, MICROPHONE_HZ).share }
        },
        ({ level, agent }) => level > -40 && agent < 0.3,
      )
    const agentHears = async () => {
      const heard = await desk.hears()
      expect(Math.abs(heard.hertz - CALLER_HZ)).toBeLessThan(12)
      expect(heard.decibels).toBeGreaterThan(-60)
    }

    await desk.callBar.getByText('Giulia Ferrante').waitFor()
    await hearsMusic()
    await desk.answer()
    await hearsAgent()
    await agentHears()

    await desk.callBar.getByRole('button', { name: /^Hold/ }).click()
    await hearsMusic()
    await desk.callBar.getByRole('button', { name: /^Resume/ }).click()
    await hearsAgent()

    // The phone's own hold: the agent hears nothing of it any more, and hears it again afterwards.
    phone.hold()
    await eventually(
      'the agent hears nothing',
      () => desk.hears(),
      ({ decibels }) => decibels < -70,
    )
    phone.resume()
    await eventually(
      'the agent hears the phone again',
      () => desk.hears(),
      ({ hertz, decibels }) => Math.abs(hertz - CALLER_HZ) < 12 && decibels > -60,
    )
    await hearsAgent()

    phone.hangUp()
    await desk.wrapUp('Solved', '')
  },
)
