/**
 * How far everything is done, while things finish out of order: the position just before the oldest one that is still
 * under way. A checkpoint is never ahead of it, so what a crash interrupts is done again.
 */
export type LowWaterMark = {
  /** A position came, in log order. Returns the function that says it is done. */
  begin(position: string): () => void
  /** Everything up to here is done; null: nothing yet. */
  readonly position: string | null
  readonly underWay: number
}

export const lowWaterMark = (start: string | null, onMove: (position: string) => void): LowWaterMark => {
  let position = start
  const open: { readonly position: string; done: boolean }[] = []

  return {
    begin: (at) => {
      const entry = { position: at, done: false }
      open.push(entry)
      return () => {
        entry.done = true
        let moved = false
        while (open[0]?.done) {
          position = open.shift()?.position ?? position
          moved = true
        }
        if (moved && position !== null) onMove(position)
      }
    },
    get position() {
      return position
    },
    get underWay() {
      return open.length
    },
  }
}
