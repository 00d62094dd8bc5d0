import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { compressFolder } from './compress.mjs'
import { ROOT } from './paths.mjs'
import { SetupError, step } from './progress.mjs'
import { run, toolEnvironment } from './run.mjs'
import { fingerprint, readStamp, writeStamp } from './stamp.mjs'

const CONSOLE = join(ROOT, 'apps', 'console')
const OUT = join(CONSOLE, 'out')
const STAMP = join(CONSOLE, '.next', 'centralino-stamp')

/** Exports the console to apps/console/out, with compressed twins, when its sources are newer than the last export. */
export const buildConsole = async () => {
  const wanted = fingerprint(
    [CONSOLE, join(ROOT, 'package-lock.json')],
    ['.next', 'out', 'node_modules', 'testing', 'build.log', 'next-env.d.ts', 'tsconfig.tsbuildinfo'],
  )
  if (readStamp(STAMP) === wanted && existsSync(join(OUT, 'en', 'index.html.br'))) return
  await step('Building the console (about a minute, when it changed)', async () => {
    const log = join(CONSOLE, 'build.log')
    rmSync(STAMP, { force: true })
    const env = toolEnvironment({ NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' })
    const code = await run('next', ['build'], { cwd: CONSOLE, env, log })
    if (code !== 0)
      throw new SetupError(`The console did not build (exit code ${code}). The output is in ${log}.`)
    await compressFolder(OUT)
  })
  writeStamp(STAMP, wanted)
}
