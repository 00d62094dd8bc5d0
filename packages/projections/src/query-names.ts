import type { ReadModels } from './read-models.ts'

/** The questions of `ReadModels`, without its writing half. */
export type Queries = Omit<
  ReadModels,
  'checkpoint' | 'apply' | 'onChange' | 'statistics' | typeof Symbol.asyncDispose
>
export type QueryName = keyof Queries

/** Apart from the queries themselves: the main thread needs their names only, and loads no SQL. */
const NAMES: Readonly<Record<QueryName, true>> = {
  customer: true,
  customers: true,
  contactPoints: true,
  candidates: true,
  timeline: true,
  timelineSince: true,
  interaction: true,
  interactions: true,
  contactsSince: true,
  inbox: true,
  agents: true,
  agent: true,
  queues: true,
  queueBoard: true,
  offer: true,
  offersOf: true,
  callOf: true,
  thread: true,
  mail: true,
  undeliveredMails: true,
  replays: true,
  looksIn: true,
}

/** `ask` answers a query by name: here, or in a worker. */
export const queriesBy = (
  ask: (name: QueryName, parameters: readonly unknown[]) => Promise<unknown>,
): Queries =>
  Object.fromEntries(
    Object.keys(NAMES).map((name) => [
      name,
      (...parameters: readonly unknown[]) => ask(name as QueryName, parameters),
    ]),
  ) as Queries
