import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'
import { SetupError, step } from './progress.mjs'
import { run, toolEnvironment } from './run.mjs'
import { fingerprint, readStamp, writeStamp } from './stamp.mjs'

const CONSOLE = join(ROOT, 'apps', 'console')
const STAMP = join(CONSOLE, '.next', 'centralino-stamp')

/** Exports the console to apps/console/out when its sources are newer than the last export. */
export const buildConsole = async () => {
  const wanted = fingerprint(
    [CONSOLE, join(ROOT, 'package-lock.json')],
    ['.next', 'out', 'node_modules', 'testing', 'build.log', 'next-env.d.ts', 'tsconfig.tsbuildinfo'],
  )
  if (readStamp(STAMP) === wanted && existsSync(join(CONSOLE, 'out', 'en', 'index.html'))) return
  await step('Building the console (about a minute, when it changed)', async () => {
    const log = join(CONSOLE, 'build.log')
    rmSync(STAMP, { force: true })
    const env = toolEnvironment({ NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' })
    const code = await run('next', ['build'], { cwd: CONSOLE, env, log })
    if (code !== 0)
      throw new SetupError(`The console did not build (exit code ${code}). The output is in ${log}.`)
  })
  writeStamp(STAMP, wanted)
}
