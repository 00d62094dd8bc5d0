import { buildConsole } from './console-build.mjs'
import { installDependencies } from './dependencies.mjs'
import { mediasoupWorker } from './mediasoup-worker.mjs'
import { toolEnvironment } from './run.mjs'

/**
 * Everything that a fresh clone lacks; quick when nothing does.
 * @returns {Promise<Record<string, string | undefined>>} the environment to run the hub or the tests in
 */
export const setUp = async () => {
  await installDependencies()
  const worker = await mediasoupWorker()
  await buildConsole()
  return toolEnvironment({ MEDIASOUP_WORKER_BIN: worker })
}
