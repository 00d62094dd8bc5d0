import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { hasChromium } from '../world/browser.ts'
import { dial } from '../world/caller.ts'
import { openDesk } from '../world/desk.ts'
import { signIn } from '../world/graphql.ts'
import { startHub } from '../world/hub-process.ts'

const CLI = fileURLToPath(new URL('../../apps/api/src/cli/main.ts', import.meta.url))
const execute = promisify(execFile)

const needsChromium = !hasChromium && !process.env['CI']

describe.skipIf(needsChromium)('the log (needs Chromium: apt-get install chromium)', () => {
  it('rebuilds the read models row for row, shows the past, and takes a decision again', async () => {
    await using hub = await startHub()
    const command = async (...args: readonly string[]): Promise<string> => {
      const env = { ...process.env, HUB_DATA_DIR: hub.dataDir }
      return (await execute(process.execPath, [CLI, ...args], { env })).stdout
    }
    await using desk = await openDesk(hub.url, 'sofia@linfa.example')
    await desk.beReady()
    const before = Temporal.Now.instant().toString()
    await using caller = await dial(hub, { number: '+39065550142' })
    await desk.answer()
    await caller.hearsTone(440)

    const session = await signIn(hub.url, 'sofia@linfa.example')
    const { desk: seen } = await session.ask<{ desk: { current: { offers: readonly { id: string }[] } } }>(
      '{ desk { current { offers { id } } } }',
    )
    const offer = seen.current.offers[0]?.id
    expect(offer).toBeDefined()
    expect(await command('explain', String(offer))).toMatch(/the same answer/i)

    caller.call.hangUp()
    await desk.wrapUp('Solved', '')
    expect(await command('replay')).toMatch(/equal/i)
    expect(await command('replay', '--as-of', before, '--floor')).toContain('Sofia Marchetti')
  })
})
