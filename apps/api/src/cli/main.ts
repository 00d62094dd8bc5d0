import { ConfigError, parseConfig } from '../config.ts'
import { inWords } from '../startup/failure.ts'
import { makeFilesPrivate } from '../startup/private-files.ts'
import { apiClient } from './api-client.ts'
import { backup } from './backup.ts'
import { checkpoint } from './checkpoint.ts'
import { CannotDo, type Command, UsageError } from './command.ts'
import { demoCall } from './demo-call.ts'
import { explain } from './explain.ts'
import { exportLog } from './export.ts'
import { importLog } from './import.ts'
import { newPassword } from './new-password.ts'
import { prove } from './prove.ts'
import { replay } from './replay.ts'
import { status } from './status.ts'
import { verify } from './verify.ts'
import { webhook } from './webhook.ts'

/** `npm run hub -- <command>`. Exit codes: 0 done, 1 not so or not possible, 2 wrong arguments. */
const COMMANDS: Readonly<Record<string, Command>> = {
  status,
  replay,
  explain,
  verify,
  checkpoint,
  prove,
  backup,
  export: exportLog,
  import: importLog,
  'new-password': newPassword,
  'api-client': apiClient,
  webhook,
  'demo-call': demoCall,
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)

const help = (): void => {
  say('npm run hub -- <command>')
  say('')
  const names = Object.keys(COMMANDS)
  const width = Math.max(...names.map((name) => name.length))
  for (const [name, { summary }] of Object.entries(COMMANDS)) say(`  ${name.padEnd(width)}  ${summary}`)
  say('')
  say('The hub itself starts with npm start. HUB_DATA_DIR says which data is meant (./data).')
}

const run = async ([name, ...args]: readonly string[]): Promise<number> => {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    help()
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) {
    complain(`There is no command ${JSON.stringify(name)}.`)
    help()
    return 2
  }
  if (args.includes('--help')) {
    say(`npm run hub -- ${command.usage}`)
    return 0
  }
  try {
    return await command.run(args, { config: parseConfig(process.env), say })
  } catch (error) {
    if (error instanceof UsageError || isParseArgsError(error)) {
      complain(`${error.message}\n  npm run hub -- ${command.usage}`)
      return 2
    }
    if (error instanceof CannotDo || error instanceof ConfigError) {
      complain(error.message)
      return 1
    }
    const told = inWords(error)
    if (told === null) throw error
    complain(told)
    return 1
  }
}

const isParseArgsError = (error: unknown): error is Error =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('ERR_PARSE_ARGS')

// `… | head` closes the pipe early: enough was read.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
makeFilesPrivate()
process.exitCode = await run(process.argv.slice(2))
