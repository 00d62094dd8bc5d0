import { join } from 'node:path'
import { openEventStore } from '@centralino/event-store'
import { expect, it } from 'vitest'
import { hasChromium } from '../world/browser.ts'
import { dial } from '../world/caller.ts'
import { openDesk } from '../world/desk.ts'
import { startHub } from '../world/hub-process.ts'

const causesIn = async (dataDir: string): Promise<unknown[]> => {
  await using store = await openEventStore(`sqlite:${join(dataDir, 'log.db')}`, { readOnly: true })
  const causes: unknown[] = []
  for await (const event of store.readAll()) {
    if (event.type === 'CallEnded') causes.push((event.data as { cause: unknown }).cause)
  }
  return causes
}

it.skipIf(!hasChromium && !process.env['CI']).each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the calls with a cause, writes down why, and the agent finds the wrap-up afterwards (needs Chromium)',
  async (signal) => {
    await using hub = await startHub()
    await using desk = await openDesk(hub.url, 'sofia@linfa.example', { microphoneHz: 440 })
    await desk.beReady()
    await using talking = await dial(hub, { number: '+39065550142' })
    await desk.answer()
    await talking.hearsTone(440)
    await using waiting = await dial(hub, { number: '+390655501199' })
    await waiting.call.answered
    const before = (await causesIn(hub.dataDir)).length

    expect(await hub.kill(signal)).toBe(0)
    expect(await talking.call.ended).toMatchObject({ how: 'bye', by: 'peer' })
    expect(await waiting.call.ended).toMatchObject({ how: 'bye', by: 'peer' })
    expect(hub.output()).toContain('Stopped: calls ended, log closed.')
    await desk.page.getByText('The hub was stopped at').waitFor()
    expect(await desk.page.getByText('Your call goes on.').count()).toBe(0)
    const ended = (await causesIn(hub.dataDir)).slice(before)
    expect(ended).toHaveLength(2)
    for (const cause of ended) expect(cause).toMatchObject({ by: 'hub', q850: expect.any(Number) })

    await hub.restart()
    await desk.page.reload()
    await desk.wrapUp('Other', 'The hub was stopped.')
  },
)
