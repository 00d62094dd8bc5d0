import { expect, it } from 'vitest'
import { hasChromium } from '../world/browser.ts'
import { dial } from '../world/caller.ts'
import { openDesk } from '../world/desk.ts'
import { startHub } from '../world/hub-process.ts'

const MICROPHONE_HZ = 440

it.skipIf(!hasChromium && !process.env['CI'])(
  'a call stays where it is spoken, goes to a second window when it is told to, and comes back when that one closes (needs Chromium)',
  async () => {
    await using hub = await startHub()
    await using desk = await openDesk(hub.url, 'sofia@linfa.example', { microphoneHz: MICROPHONE_HZ })
    await desk.beReady()
    await using caller = await dial(hub, { number: '+39065550142' })
    await expect.poll(() => desk.page.title()).toBe('Call: Giulia Ferrante')
    await desk.answer()
    await caller.hearsTone(MICROPHONE_HZ)
    await desk.callBar.getByText('good line').waitFor()
    expect(await desk.page.title()).not.toContain('Giulia')

    const second = await desk.page.context().newPage()
    await second.goto(`${hub.url}/en/desktop/`)
    const secondBar = second.getByRole('region', { name: 'Call bar' })
    await secondBar.getByText('in another window').waitFor()
    await desk.callBar.getByText('good line').waitFor()
    await caller.hearsTone(MICROPHONE_HZ)

    await secondBar.getByRole('button', { name: 'Talk here' }).click()
    await desk.callBar.getByText('in another window').waitFor()
    await secondBar.getByText('good line').waitFor()
    await caller.hearsTone(MICROPHONE_HZ)

    await second.close()
    await desk.callBar.getByText('good line').waitFor()
    await caller.hearsTone(MICROPHONE_HZ)
  },
)

it.skipIf(!hasChromium && !process.env['CI'])(
  'who is muted, or holds the call, is so still in the next window, after a reload and back in the first (needs Chromium)',
  async () => {
    await using hub = await startHub()
    await using desk = await openDesk(hub.url, 'sofia@linfa.example', { microphoneHz: MICROPHONE_HZ })
    await desk.beReady()
    await using caller = await dial(hub, { number: '+39065550142' })
    await expect.poll(() => desk.page.title()).toBe('Call: Giulia Ferrante')
    await desk.answer()
    await caller.hearsTone(MICROPHONE_HZ)
    await desk.callBar.getByText('good line').waitFor()
    await desk.callBar.getByRole('button', { name: 'Mute' }).click()
    await desk.callBar.getByText('you are muted').waitFor()
    await caller.hearsNoTone(MICROPHONE_HZ)

    const second = await desk.page.context().newPage()
    await second.goto(`${hub.url}/en/desktop/`)
    const secondBar = second.getByRole('region', { name: 'Call bar' })
    await secondBar.getByRole('button', { name: 'Talk here' }).click()
    await secondBar.getByText('you are muted').waitFor()
    await caller.hearsNothing()

    // Muted here, unmuted there, and the other way round: both windows and the microphone go along.
    await secondBar.getByRole('button', { name: 'Unmute' }).click()
    await caller.hearsTone(MICROPHONE_HZ)
    await secondBar.getByRole('button', { name: 'Mute' }).click()
    await secondBar.getByText('you are muted').waitFor()
    await desk.callBar.getByRole('button', { name: 'Unmute' }).click()
    await caller.hearsTone(MICROPHONE_HZ)
    await desk.callBar.getByRole('button', { name: 'Mute' }).click()
    await secondBar.getByText('you are muted').waitFor()
    await caller.hearsNothing()

    await second.close()
    await desk.callBar.getByText('you are muted').waitFor()
    await caller.hearsNothing()

    await desk.page.reload()
    await desk.callBar.getByText('you are muted').waitFor()
    await caller.hearsNothing()
    await desk.callBar.getByRole('button', { name: 'Unmute' }).click()
    await caller.hearsTone(MICROPHONE_HZ)

    await desk.callBar.getByRole('button', { name: /^Hold/ }).click()
    await caller.hearsMusicNot(MICROPHONE_HZ)
    await desk.page.reload()
    await desk.callBar.getByText('on hold, music').waitFor()
    await caller.hearsMusicNot(MICROPHONE_HZ)
    await desk.callBar.getByRole('button', { name: /^Resume/ }).click()
    await caller.hearsTone(MICROPHONE_HZ)
  },
)
