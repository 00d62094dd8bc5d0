import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { release, tmpdir } from 'node:os'
import { join } from 'node:path'
import { CACHE, ROOT } from './paths.mjs'
import { SetupError, say, step } from './progress.mjs'
import { run } from './run.mjs'
import { fingerprint } from './stamp.mjs'

const RECIPE = join(ROOT, 'tools', 'mediasoup-worker')
const DOWNLOAD_TIMEOUT_MS = 60_000

/** Without its environment the worker says so and exits with 41: proof that the binary runs here. */
const runsHere = (/** @type {string} */ binary) =>
  spawnSync(binary, [], { env: {}, stdio: 'ignore' }).status === 41

/** The project's own prebuilt binary, from where mediasoup's package says that its releases are; false when it cannot be had. */
const download = async (
  /** @type {{version: string, repository: {url: string}}} */ mediasoup,
  /** @type {string} */ to,
) => {
  const base =
    process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL ??
    `${mediasoup.repository.url.replace(/^git\+/, '').replace(/\.git$/, '')}/releases/download`
  const kernel = process.platform === 'linux' ? `-kernel${release().split('.')[0]}` : ''
  const url = `${base}/${mediasoup.version}/mediasoup-worker-${mediasoup.version}-${process.platform}-${process.arch}${kernel}.tgz`
  const scratch = mkdtempSync(join(tmpdir(), 'centralino-worker-'))
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) })
    if (!answer.ok) return false
    writeFileSync(join(scratch, 'worker.tgz'), Buffer.from(await answer.arrayBuffer()))
    if (spawnSync('tar', ['xzf', 'worker.tgz'], { cwd: scratch }).status !== 0) return false
    const binary = join(scratch, 'mediasoup-worker')
    chmodSync(binary, 0o755)
    if (!runsHere(binary)) return false
    writeFileSync(`${to}.tmp`, readFileSync(binary), { mode: 0o755 })
    renameSync(`${to}.tmp`, to)
    return true
  } catch {
    return false
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

const build = async (/** @type {string} */ to) => {
  const log = `${to}.build.log`
  const code = await run('bash', [join(RECIPE, 'build.sh'), to], { env: process.env, log })
  if (code === 0) return
  throw new SetupError(
    `mediasoup's worker could neither be downloaded nor built (exit code ${code}).\n` +
      `The build's output is in ${log}. It needs Debian 12's packages, which it installs itself when run as root:\n` +
      `  sudo bash tools/mediasoup-worker/build.sh ${to}\n` +
      'Or set MEDIASOUP_WORKER_BIN to a worker of the version in packages/telephony/package.json.',
  )
}

/**
 * Path of a mediasoup worker that runs here: the one named by MEDIASOUP_WORKER_BIN, the cached one, a fresh download,
 * or a build of our own (about five minutes on two cores). The cache is keyed by mediasoup's version and our recipe.
 * @returns {Promise<string>}
 */
export const mediasoupWorker = async () => {
  const named = process.env.MEDIASOUP_WORKER_BIN
  if (named) {
    if (!runsHere(named))
      throw new SetupError(`MEDIASOUP_WORKER_BIN names ${named}, which does not run here.`)
    return named
  }
  const mediasoup = JSON.parse(readFileSync(join(ROOT, 'node_modules', 'mediasoup', 'package.json'), 'utf8'))
  const recipe = fingerprint([RECIPE], ['README.md']).slice(0, 12)
  const cached = join(
    CACHE,
    `mediasoup-worker-${mediasoup.version}-${process.platform}-${process.arch}-${recipe}`,
  )
  if (existsSync(cached)) {
    if (runsHere(cached)) return cached
    say('  the cached mediasoup worker does not run here any more; fetching it again')
    rmSync(cached)
  }
  mkdirSync(CACHE, { recursive: true })
  if (await step("Downloading mediasoup's worker", () => download(mediasoup, cached))) return cached
  await step("No download to be had: building mediasoup's worker (about 5 minutes, once)", () =>
    build(cached),
  )
  return cached
}
