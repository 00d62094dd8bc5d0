import type { StoredEvent } from '../codec/encoded-event.ts'
import { isBundleError } from './bundle-error.ts'
import { fromLine, MAX_LINE_BYTES } from './event-line.ts'
import { isMissing } from './files.ts'
import { linesOf } from './lines.ts'
import { isEventsFile, type Manifest } from './manifest.ts'

/** A place in a bundle's files; lines count from 1. */
export type LinePlace = { readonly path: string; readonly line: number }

/** Where the events can be read no further, and why: a line that is no event of ours, one without its end, or no such file. */
export type Unreadable = LinePlace & { readonly reason: string }

export type LenientEvents = {
  readonly pages: () => AsyncGenerator<readonly StoredEvent[], void, undefined>
  /** Known once the pages were read. */
  readonly told: () => {
    readonly unreadable: Unreadable | null
    /** The first event whose position does not follow the one before it. */
    readonly disordered: LinePlace | null
    readonly count: number
    readonly firstPosition: string | null
    readonly lastPosition: string | null
  }
}

/** The events of a bundle as far as they can be read, for whoever looks for what is wrong with it: throws on nothing that an alteration could cause. */
export const lenientEvents = (bundle: string, manifest: Manifest): LenientEvents => {
  let unreadable: Unreadable | null = null
  let disordered: LinePlace | null = null
  let count = 0
  let firstPosition: string | null = null
  let lastPosition: string | null = null

  const take = (lines: readonly string[], path: string, before: number): StoredEvent[] => {
    const events: StoredEvent[] = []
    for (const [index, text] of lines.entries()) {
      const place = { path, line: before + index + 1 }
      const event = fromLine(text)
      if (event === null) {
        unreadable = { ...place, reason: 'NO_EVENT' }
        break
      }
      const { position } = event.placement
      if (lastPosition !== null && position <= lastPosition) disordered ??= place
      firstPosition ??= position
      lastPosition = position
      events.push(event)
    }
    count += events.length
    return events
  }

  async function* pagesOf(path: string): AsyncGenerator<readonly StoredEvent[], void, undefined> {
    let line = 0
    try {
      for await (const lines of linesOf(bundle, path, MAX_LINE_BYTES)) {
        yield take(lines, path, line)
        if (unreadable !== null) return
        line += lines.length
      }
    } catch (error) {
      const reason = isMissing(error)
        ? 'MISSING'
        : isBundleError(error, 'BUNDLE_DAMAGED')
          ? error.data.reason
          : null
      if (reason === null) throw error
      unreadable = { path, line: line + 1, reason }
    }
  }

  return {
    pages: async function* () {
      for (const { path } of manifest.files.filter(isEventsFile)) {
        yield* pagesOf(path)
        if (unreadable !== null) return
      }
    },
    told: () => ({ unreadable, disordered, count, firstPosition, lastPosition }),
  }
}
