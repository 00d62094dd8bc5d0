import type { Config } from '../config.ts'

/** What a command gets to work with. */
export type CommandIO = {
  readonly config: Config
  readonly say: (line: string) => void
}

export type Command = {
  /** For the list of commands, one line. */
  readonly summary: string
  readonly usage: string
  /** Answers the exit code. Throws a `UsageError` on arguments that are not right. */
  run(args: readonly string[], io: CommandIO): Promise<number>
}

export class UsageError extends Error {
  readonly code = 'USAGE'
}

/** The command cannot be done as things are: the message says what to do. */
export class CannotDo extends Error {
  readonly code = 'CANNOT_DO'
}
