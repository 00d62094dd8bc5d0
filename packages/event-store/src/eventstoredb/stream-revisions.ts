/** Where streams stand as far as this process knows. Others may have appended since: a hint, never an answer. */
export type StreamRevisions = {
  readonly get: (stream: string) => bigint | undefined
  readonly set: (stream: string, revision: bigint) => void
  readonly forget: (stream: string) => void
}

/** The streams used last, at most `limit`. */
export const createStreamRevisions = (limit = 50_000): StreamRevisions => {
  const revisions = new Map<string, bigint>()
  return {
    get: (stream) => revisions.get(stream),
    set: (stream, revision) => {
      revisions.delete(stream)
      revisions.set(stream, revision)
      if (revisions.size <= limit) return
      for (const eldest of revisions.keys()) {
        revisions.delete(eldest)
        return
      }
    },
    forget: (stream) => {
      revisions.delete(stream)
    },
  }
}
