import { fileURLToPath } from 'node:url'
import { parseConfig } from './config.ts'
import { startHub } from './hub.ts'
import { createLogger } from './observability/logger.ts'
import { bannerOf, firstAdminLines } from './startup/banner.ts'
import { configWarnings } from './startup/config-warnings.ts'
import { failureText } from './startup/failure.ts'
import { makeFilesPrivate } from './startup/private-files.ts'

const CONSOLE_FOLDER = fileURLToPath(new URL('../../console/out', import.meta.url))
/** A shutdown that takes longer is cut; nothing that was acknowledged is lost by it. */
const SHUTDOWN_MILLISECONDS = 20_000

/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm. */
const SAME_PRESS_MILLISECONDS = 500

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** The hub, until Ctrl-C or SIGTERM. Answers the exit code. */
const run = async (): Promise<number> => {
  const config = parseConfig(process.env)
  const log = createLogger(config.logLevel)
  const warnings = configWarnings(config, process.env)
  for (const warning of warnings) log.warn({ warning }, 'the configuration deserves a look')
  const stopping = Promise.withResolvers<'stop'>()
  let stoppedAt: number | null = null
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stoppedAt !== null && performance.now() - stoppedAt < SAME_PRESS_MILLISECONDS) return
    if (stoppedAt !== null) {
      say('\nForced: the hub ends at once.')
      process.exit(130)
    }
    stoppedAt = performance.now()
    say(signal === 'SIGINT' ? '\nShutting down; Ctrl-C again forces it …' : 'Shutting down …')
    stopping.resolve('stop')
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)

  const started = startHub({
    config,
    log,
    consoleFolder: CONSOLE_FOLDER,
    onProgress: (step) => say(`· ${step}`),
  })
  // A signal during the start: let it come up and take it down again in order.
  const hub = await started
  if (stoppedAt === null) say(`\n${bannerOf(hub, warnings)}`)
  // Made meanwhile, and told now or never.
  else say(firstAdminLines(hub.firstAdmin).join('\n'))
  const why = await Promise.race([stopping.promise, hub.failed.catch((error: unknown) => ({ error }))])
  if (why !== 'stop') {
    process.stderr.write(`${failureText(why.error)}\n`)
    log.fatal({ error: why.error }, 'a part of the hub failed')
  }

  const cut = setTimeout(() => {
    process.stderr.write('The shutdown took too long and was cut.\n')
    process.exit(1)
  }, SHUTDOWN_MILLISECONDS)
  cut.unref()
  await hub[Symbol.asyncDispose]()
  clearTimeout(cut)
  if (why === 'stop') say('Stopped: calls ended, log closed.')
  return why === 'stop' ? 0 : 1
}

/** Runs the hub and ends the process: with 0 after a stop, with 1 when it cannot start or go on, and says why. */
export const runHub = async (): Promise<void> => {
  makeFilesPrivate()
  // A bug that nobody caught: said, and ended, rather than carried on with.
  process.on('uncaughtException', (error) => {
    process.stderr.write(
      `${failureText(error)}\n${error.stack}\nNothing that was acknowledged is lost: npm start\n`,
    )
    process.exit(1)
  })
  // Who reads the output may go away; the hub stays.
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
  try {
    process.exitCode = await run()
  } catch (error) {
    process.stderr.write(`${failureText(error)}\n`)
    process.exitCode = 1
  }
  // Whatever a library left open must not keep a stopped hub alive.
  setTimeout(() => process.exit(), 1_000).unref()
}
