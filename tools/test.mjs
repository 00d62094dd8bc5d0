import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUp } from './setup/index.mjs'
import { ROOT } from './setup/paths.mjs'
import { installPeers, reportMissingPeers } from './setup/peers.mjs'
import { runMain, say } from './setup/progress.mjs'
import { run } from './setup/run.mjs'
import { tallyOf } from './setup/tally.mjs'

/**
 * `npm test`: sets up as `npm start` does, then checks (format, lint, types, boundaries) and runs the unit, the
 * integration and the end-to-end tests, in that order and one kind at a time. Arguments go to Vitest:
 * `npm test -- --project unit packages/domain` runs these only.
 */
const KINDS = ['unit', 'int', 'e2e']

await runMain(async () => {
  if (process.env.CI) await installPeers()
  const env = await setUp()
  const asked = process.argv.slice(2)
  if (asked.length > 0) return run('vitest', ['run', ...asked], { env })

  const checked = await run('npm', ['run', '--silent', 'check'], { env })
  if (checked !== 0) return checked

  const scratch = mkdtempSync(join(tmpdir(), 'centralino-test-'))
  const total = { passed: 0, failed: 0, skipped: 0 }
  /** @type {string[]} */
  const leftOut = []
  let exitCode = 0
  for (const kind of KINDS) {
    say(`\n— ${kind} tests —`)
    const file = join(scratch, `${kind}.json`)
    const code = await run(
      'vitest',
      ['run', '--project', kind, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      { env },
    )
    const tally = tallyOf(JSON.parse(readFileSync(file, 'utf8')), ROOT)
    total.passed += tally.passed
    total.failed += tally.failed
    total.skipped += tally.skipped
    leftOut.push(...tally.leftOut)
    exitCode ||= code
  }
  rmSync(scratch, { recursive: true, force: true })
  if (leftOut.length > 0) say(`\nLeft out:\n${leftOut.map((suite) => `  ${suite}`).join('\n')}`)
  reportMissingPeers()
  if (process.env.CI && total.skipped > 0) {
    say(`\n${total.skipped} tests were skipped, and CI allows none.`)
    exitCode ||= 1
  }
  say(
    `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
  )
  return exitCode
})
