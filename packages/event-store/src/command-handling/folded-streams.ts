/** A stream's state as folded up to `revision`; null: the stream is not there. */
export type Folded<S> = { readonly state: S; readonly revision: bigint | null }

export type FoldedStreams<S> = {
  readonly get: (stream: string) => Folded<S> | undefined
  readonly set: (stream: string, folded: Folded<S>) => void
  readonly forget: (stream: string) => void
}

/** The states used last, at most `limit` of them. */
export const createFoldedStreams = <S>(limit: number): FoldedStreams<S> => {
  const byStream = new Map<string, Folded<S>>()
  return {
    get: (stream) => {
      const folded = byStream.get(stream)
      if (folded === undefined) return undefined
      byStream.delete(stream)
      byStream.set(stream, folded)
      return folded
    },
    set: (stream, folded) => {
      byStream.delete(stream)
      byStream.set(stream, folded)
      if (byStream.size <= limit) return
      for (const eldest of byStream.keys()) {
        byStream.delete(eldest)
        return
      }
    },
    forget: (stream) => {
      byStream.delete(stream)
    },
  }
}
