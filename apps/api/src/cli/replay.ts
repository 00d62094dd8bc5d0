import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { unreachable } from '@centralino/domain'
import { decodedPages } from '@centralino/event-store'
import {
  type NotCompared,
  type Replayed,
  replayAndCompare,
  type TableComparison,
} from '@centralino/projections'
import { asOf } from './as-of.ts'
import { type Command, type CommandIO, UsageError } from './command.ts'
import { openLogForReading } from './open-log.ts'
import { tableOf } from './table.ts'

const OPTIONS = {
  swap: { type: 'boolean', default: false },
  'as-of': { type: 'string' },
  floor: { type: 'boolean', default: false },
  customer: { type: 'string' },
  interaction: { type: 'string' },
} as const

export const replay: Command = {
  summary: 'rebuilds every read model from the log and compares it with the live ones, row for row',
  usage: `replay [--swap]
  npm run hub -- replay --as-of <instant, local time or position> [--floor | --customer ID | --interaction ID]`,
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true })
    const { 'as-of': moment, swap, ...what } = values
    if (moment !== undefined) {
      if (swap) throw new UsageError('--swap and --as-of do not go together')
      return asOf(moment, what, io)
    }
    if (what.floor || what.customer !== undefined || what.interaction !== undefined) {
      throw new UsageError('--floor, --customer and --interaction need --as-of')
    }
    return rebuild(swap, io)
  },
}

const rebuild = async (swap: boolean, { config, say }: CommandIO): Promise<number> => {
  await using store = await openLogForReading(config)
  const livePath = join(config.dataDir, 'read-models.db')
  const replayed = await replayAndCompare({
    pages: decodedPages(store),
    livePath,
    scratchPath: `${livePath}.rebuilt`,
    swap,
  })
  const { events, seconds } = replayed
  const speed = seconds > 0 ? Math.round(events / seconds) : events
  say(
    `Replayed ${events.toLocaleString('en')} events in ${seconds.toFixed(2)} s (${speed.toLocaleString('en')}/s).`,
  )
  say('')
  for (const line of comparisonOf(replayed)) say(line)
  for (const line of swapOf(replayed)) say(line)
  return replayed.equal || replayed.swapped === 'done' ? 0 : 1
}

const NOT_COMPARED = {
  noLiveModels: 'There are no live read models to compare with.',
  liveDamaged:
    'The live read models are damaged. `replay --swap` (with the hub stopped) puts the rebuilt ones in their place.',
  otherViewsVersion:
    "The live read models were made by other rules than this version's: nothing to compare row for row.",
  logEndsBeforeLive:
    'The live read models know more than the log: they are of another log, or the log lost its end.',
} as const satisfies Record<NotCompared, string>

const comparisonOf = (replayed: Replayed): string[] => {
  const { notCompared } = replayed
  if (notCompared !== undefined) return [NOT_COMPARED[notCompared]]
  return [
    ...tableOf(
      ['read model', 'rows', 'compared'],
      replayed.tables.map((table) => [
        table.table.replaceAll('_', ' '),
        table.rows.toLocaleString('en'),
        table.equal ? 'equal' : differenceOf(table),
      ]),
    ),
    '',
    replayed.equal
      ? 'Equal: every row of every read model.'
      : 'Not equal. `replay --swap` (with the hub stopped) puts the rebuilt ones in their place.',
  ]
}

const differenceOf = ({ firstDifference }: TableComparison): string => {
  if (firstDifference === undefined) return 'differs'
  const { key, kind, columns } = firstDifference
  const row = Object.values(key).join(', ')
  switch (kind) {
    case 'onlyLive':
      return `DIFFERS: ${row} is in the live one only`
    case 'onlyRebuilt':
      return `DIFFERS: ${row} is missing in the live one`
    case 'differs': {
      const [first] = columns
      return first === undefined
        ? `DIFFERS at ${row}`
        : `DIFFERS at ${row}: ${first.column} is ${first.live}, should be ${first.rebuilt}`
    }
    default:
      return unreachable(kind)
  }
}

const swapOf = ({ swapped }: Replayed): string[] => {
  switch (swapped) {
    case 'asked not to':
      return []
    case 'done':
      return ['Swapped: the rebuilt read models are the live ones now.']
    case 'READ_MODELS_IN_USE':
      return ['Not swapped: the hub has them open. Stop it, swap, start it again.']
    default:
      return unreachable(swapped)
  }
}
