/** An event as a server keeps it. Its place is counted in events rather than in bytes. */
export type KeptEvent = {
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: Uint8Array
  readonly metadata: Uint8Array
  readonly stream: string
  readonly revision: bigint
  readonly place: bigint
}

export type ProposedEvent = Pick<KeptEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>

/** `any` as the server has it: no check at all. */
export type ProposedPlace = bigint | 'noStream' | 'any'

export type AppendAnswer =
  | { readonly outcome: 'kept'; readonly revision: bigint; readonly place: bigint }
  | { readonly outcome: 'conflict'; readonly current: bigint | null }

/**
 * A log with the server's rules for appending (IndexWriter.CheckCommit of 23.10): an append at a revision that is past is
 * the same append if its ids stand there, and a conflict otherwise. Ids are not looked at in any other case.
 */
export const createServerLog = () => {
  const events: KeptEvent[] = []
  const streams = new Map<string, KeptEvent[]>()
  const listeners = new Set<() => void>()

  const streamOf = (stream: string): readonly KeptEvent[] => streams.get(stream) ?? []

  const keep = (stream: string, proposed: readonly ProposedEvent[]): AppendAnswer => {
    const own = streams.get(stream) ?? []
    streams.set(stream, own)
    for (const event of proposed) {
      const kept = { ...event, stream, revision: BigInt(own.length), place: BigInt(events.length + 1) }
      own.push(kept)
      events.push(kept)
    }
    for (const wake of listeners) wake()
    return answerAt(own, own.length - 1)
  }

  return {
    all: (): readonly KeptEvent[] => events,
    streamOf,
    append: (stream: string, expected: ProposedPlace, proposed: readonly ProposedEvent[]): AppendAnswer => {
      const own = streamOf(stream)
      const current = BigInt(own.length) - 1n
      const at = expected === 'any' ? current : expected === 'noStream' ? -1n : expected
      if (at === current) return keep(stream, proposed)
      const there = own.slice(Number(at) + 1, Number(at) + 1 + proposed.length)
      const same = at < current && proposed.every((event, index) => there[index]?.id === event.id)
      if (same) return answerAt(own, Number(at) + proposed.length)
      return { outcome: 'conflict', current: own.length === 0 ? null : current }
    },
    onAppended: (wake: () => void): (() => void) => {
      listeners.add(wake)
      return () => listeners.delete(wake)
    },
  }
}

export type ServerLog = ReturnType<typeof createServerLog>

const answerAt = (own: readonly KeptEvent[], revision: number): AppendAnswer => ({
  outcome: 'kept',
  revision: BigInt(revision),
  place: own[revision]?.place ?? 0n,
})
