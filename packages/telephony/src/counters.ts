/** What a part of the edge counts, from its start. */
export type Counters<Name extends string> = {
  count(name: Name): void
  snapshot(): Readonly<Record<Name, number>>
}

/** All of them from zero. */
export const createCounters = <Name extends string>(names: readonly Name[]): Counters<Name> => {
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>
  return {
    count: (name) => {
      counts[name] += 1
    },
    snapshot: () => ({ ...counts }),
  }
}
