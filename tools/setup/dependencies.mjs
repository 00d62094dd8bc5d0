import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { NODE, ROOT } from './paths.mjs'
import { SetupError, step } from './progress.mjs'
import { run } from './run.mjs'
import { fingerprint, readStamp, writeStamp } from './stamp.mjs'

const STAMP = join(ROOT, 'node_modules', '.centralino-stamp')

/** Installs the locked dependencies, Node 26 among them, when the lockfile is newer than what is installed. */
export const installDependencies = async () => {
  const wanted = fingerprint([join(ROOT, 'package-lock.json')])
  if (readStamp(STAMP) === wanted && existsSync(NODE)) return
  await step('Installing the dependencies (npm ci, some minutes the first time)', async () => {
    const log = join(ROOT, 'node_modules.install.log')
    const code = await run('npm', ['ci', '--no-audit', '--no-fund'], { env: process.env, log })
    if (code !== 0) {
      throw new SetupError(
        `npm ci failed (exit code ${code}). Its output is in ${log}; the usual cause is no way to the npm registry.`,
      )
    }
  })
  if (!existsSync(NODE)) {
    throw new SetupError(
      'npm ci left no Node 26 at node_modules/node/bin/node. Were install scripts off? Try: npm rebuild node',
    )
  }
  const version = execFileSync(NODE, ['--version'], { encoding: 'utf8' }).trim()
  if (!version.startsWith('v26.'))
    throw new SetupError(`node_modules/node is ${version}, and Node 26 is needed. Try: npm ci`)
  writeStamp(STAMP, wanted)
}
