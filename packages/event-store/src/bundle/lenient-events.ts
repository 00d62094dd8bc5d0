import type { StoredEvent } from '../codec/encoded-event.ts'
import type { EventPlace } from '../ledger/verify-log.ts'
import { isBundleError } from './bundle-error.ts'
import { MAX_LINE_BYTES } from './event-line.ts'
import { isMissing } from './files.ts'
import { linesOf } from './lines.ts'
import { isEventsFile, type Manifest } from './manifest.ts'

/** A place in a bundle's files; lines count from 1. */
export type LinePlace = { readonly path: string; readonly line: number }

/** Where the events can be read no further, and why: a line that is no event of ours, one without its end, or no such file. */
export type Unreadable = LinePlace & {
  readonly reason: string
  /** The event before it; null when there is none. */
  readonly after: EventPlace | null
}

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

/**
 * The events of a bundle as far as they can be read, for whoever looks for what is wrong with it: throws on nothing that an
 * alteration could cause. `toEvent` gives null for a line that is none.
 */
export const lenientEvents = (
  bundle: string,
  manifest: Manifest,
  toEvent: (line: string) => StoredEvent | null,
): LenientEvents => {
  let unreadable: Unreadable | null = null
  let disordered: LinePlace | null = null
  let count = 0
  let first: StoredEvent | null = null
  let last: StoredEvent | null = null

  const stop = (path: string, line: number, reason: string): void => {
    unreadable = { path, line, reason, after: last === null ? null : placeOf(last, count - 1) }
  }

  const take = (lines: readonly string[], path: string, before: number): StoredEvent[] => {
    const events: StoredEvent[] = []
    for (const [index, text] of lines.entries()) {
      const line = before + index + 1
      const event = toEvent(text)
      if (event === null) {
        stop(path, line, 'NO_EVENT')
        break
      }
      if (last !== null && event.placement.position <= last.placement.position) disordered ??= { path, line }
      first ??= event
      last = event
      count += 1
      events.push(event)
    }
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
      if (isMissing(error)) stop(path, line + 1, 'MISSING')
      else if (isBundleError(error, 'BUNDLE_DAMAGED')) stop(path, line + 1, error.data.reason)
      else throw error
    }
  }

  return {
    pages: async function* () {
      for (const { path } of manifest.files.filter(isEventsFile)) {
        yield* pagesOf(path)
        if (unreadable !== null) return
      }
    },
    told: () => ({
      unreadable,
      disordered,
      count,
      firstPosition: first?.placement.position ?? null,
      lastPosition: last?.placement.position ?? null,
    }),
  }
}

const placeOf = ({ encoded, placement }: StoredEvent, place: number): EventPlace => ({
  place,
  id: encoded.id,
  type: encoded.type,
  stream: placement.stream,
  revision: placement.revision,
  position: placement.position,
})
