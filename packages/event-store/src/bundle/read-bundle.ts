import type { StoredEvent } from '../codec/encoded-event.ts'
import { BundleError } from './bundle-error.ts'
import { fromLine, MAX_LINE_BYTES } from './event-line.ts'
import { linesOf } from './lines.ts'
import { isEventsFile, type Manifest } from './manifest.ts'

/**
 * The events of a bundle in the order of the log, some at a time. Throws `BUNDLE_DAMAGED` on a line that is none of ours, on
 * positions that do not rise and when there are not as many as the manifest says.
 */
export async function* readBundle(
  bundle: string,
  manifest: Manifest,
): AsyncGenerator<readonly StoredEvent[], void, undefined> {
  let last = ''
  let count = 0
  for (const { path } of manifest.files.filter(isEventsFile)) {
    const damaged = (reason: string) => new BundleError('BUNDLE_DAMAGED', { path, reason })
    for await (const lines of linesOf(bundle, path, MAX_LINE_BYTES)) {
      const events = lines.map((line) => {
        const event = fromLine(line)
        if (event === null) throw damaged('NO_EVENT')
        if (event.placement.position <= last) throw damaged('ORDER')
        last = event.placement.position
        return event
      })
      count += events.length
      yield events
    }
  }
  if (count !== manifest.events.count) {
    throw new BundleError('BUNDLE_DAMAGED', { path: 'events', reason: 'COUNT' })
  }
}
