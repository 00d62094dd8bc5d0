import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from '../world/browser.ts'
import { BILLING, dial } from '../world/caller.ts'
import { openDesk } from '../world/desk.ts'
import { type HubProcess, startHub } from '../world/hub-process.ts'

const GIULIA = '+39065550142'
const MICROPHONE_HZ = 440
const CALLER_HZ = 1_000

describe.skipIf(!hasChromium && !process.env['CI'])(
  'a call (needs Chromium: apt-get install chromium)',
  () => {
    let hub: HubProcess

    beforeAll(async () => {
      hub = await startHub()
    })
    afterAll(async () => {
      await hub?.[Symbol.asyncDispose]()
    })

    it('is known before it is answered, heard on both sides, held, muted, hung up, wrapped up, and on the timeline', async () => {
      await using desk = await openDesk(hub.url, 'sofia@linfa.example', { microphoneHz: MICROPHONE_HZ })
      await desk.beReady()
      await using caller = await dial(hub, { number: GIULIA, toneHz: CALLER_HZ })
      await caller.call.answered
      await caller.hearsMusicNot(MICROPHONE_HZ)

      // The card and the household, before answering.
      await desk.callBar.getByText('Giulia Ferrante').waitFor()
      await desk.customer.getByRole('heading', { name: 'Giulia Ferrante' }).waitFor()
      await desk.customer.getByRole('button', { name: /It is Marco/ }).waitFor()
      await desk.page.getByText('October invoice charged twice').first().waitFor()

      await desk.answer()
      await caller.hearsTone(MICROPHONE_HZ)
      const heard = await desk.hears()
      expect(Math.abs(heard.hertz - CALLER_HZ)).toBeLessThan(12)
      expect(heard.decibels).toBeGreaterThan(-60)

      await desk.callBar.getByRole('button', { name: /^Hold/ }).click()
      await caller.hearsMusicNot(MICROPHONE_HZ)
      await desk.callBar.getByRole('button', { name: /^Resume/ }).click()
      await caller.hearsTone(MICROPHONE_HZ)

      await desk.callBar.getByRole('button', { name: /^Mute/ }).click()
      await desk.callBar.getByText('you are muted').waitFor()
      await caller.hearsNoTone(MICROPHONE_HZ)
      await desk.callBar.getByRole('button', { name: /^Unmute/ }).click()
      await caller.hearsTone(MICROPHONE_HZ)

      await desk.callBar.getByRole('button', { name: /^Hang up/ }).click()
      await caller.call.ended
      await desk.wrapUp('Solved', 'Refund is on its way.')
      await desk.page.getByText('Refund is on its way.').first().waitFor()
      await desk.callBar.getByText('Ready', { exact: true }).filter({ visible: true }).first().waitFor()
    })

    it('that the caller ends while talking goes to wrap-up', async () => {
      await using desk = await openDesk(hub.url, 'sofia@linfa.example', { microphoneHz: MICROPHONE_HZ })
      await desk.beReady()
      await using caller = await dial(hub, { number: GIULIA })
      await desk.answer()
      await caller.hearsTone(MICROPHONE_HZ)
      await desk.callBar.getByRole('button', { name: /^Hold/ }).click()
      await caller.hearsMusicNot(MICROPHONE_HZ)
      caller.call.hangUp()
      await desk.wrapUp('Other', '')
    })

    it('is taken back from the desk when the caller hangs up while it rings', async () => {
      await using desk = await openDesk(hub.url, 'sofia@linfa.example')
      await desk.beReady()
      await using caller = await dial(hub, { number: '+390655501199' })
      const answer = desk.callBar.getByRole('button', { name: /^Answer/ })
      await answer.waitFor()
      caller.call.hangUp()
      await answer.waitFor({ state: 'hidden' })
      await desk.callBar.getByText('Ready', { exact: true }).filter({ visible: true }).first().waitFor()
    })

    it('goes back to the head of the queue with music when the agent’s browser is gone, and to the next agent', async () => {
      await using first = await openDesk(hub.url, 'sofia@linfa.example', { microphoneHz: MICROPHONE_HZ })
      await first.beReady()
      await using caller = await dial(hub, { number: GIULIA })
      await first.answer()
      await caller.hearsTone(MICROPHONE_HZ)
      await first.vanish()
      await caller.hearsMusicNot(MICROPHONE_HZ)

      await using second = await openDesk(hub.url, 'luca@linfa.example', { microphoneHz: 600 })
      await second.beReady()
      await second.answer()
      await caller.hearsTone(600)
      // Not left busy: the lost agent can come back and be ready.
      await using back = await openDesk(hub.url, 'sofia@linfa.example')
      await back.beReady()
      caller.call.hangUp()
      await second.wrapUp('Solved', '')
    })

    it('lapses at an agent who does not answer, who goes not ready, and is offered to the next', async () => {
      await using silent = await openDesk(hub.url, 'sofia@linfa.example')
      await silent.beReady()
      await using caller = await dial(hub, { number: GIULIA })
      await silent.callBar.getByRole('button', { name: /^Answer/ }).waitFor()
      await using next = await openDesk(hub.url, 'luca@linfa.example', { microphoneHz: MICROPHONE_HZ })
      await next.beReady()
      // The offer stands for its 20 s.
      await next.callBar.getByRole('button', { name: /^Answer/ }).click({ timeout: 40_000 })
      await caller.hearsTone(MICROPHONE_HZ)
      await silent.callBar.getByText('You did not answer.').waitFor()
      caller.call.hangUp()
      await next.wrapUp('Solved', '')
    })

    it('to a number that nobody has is refused with 404', async () => {
      await using caller = await dial(hub, { to: '+390655599999' })
      await expect(caller.call.answered).rejects.toMatchObject({ cause: { sipStatus: 404 } })
    })

    it('from a number nobody knows makes a provisional customer, who can be named', async () => {
      await using desk = await openDesk(hub.url, 'sofia@linfa.example', { microphoneHz: MICROPHONE_HZ })
      await desk.beReady()
      await using caller = await dial(hub, { number: '+390655501234', to: BILLING })
      await desk.answer()
      await caller.hearsTone(MICROPHONE_HZ)
      await desk.customer.getByText('+39 06 5550 1234').first().waitFor()
      caller.call.hangUp()
      await desk.wrapUp('Other', '')
    })
  },
)
