import type { StoredEvent } from '../codec/encoded-event.ts'
import { BundleError } from './bundle-error.ts'
import { fromLine, toLine } from './event-line.ts'
import { createFile, type GrowingFile } from './files.ts'
import type { BundleFile, EventsSpan } from './manifest.ts'

export type EventFiles = {
  readonly write: (events: readonly StoredEvent[]) => Promise<void>
  readonly span: () => EventsSpan
  /** On disk once it resolves. */
  readonly close: () => Promise<readonly BundleFile[]>
  readonly abandon: () => Promise<void>
}

/** `events/000001.ndjson` and so on; each ends before it would grow past `fileBytes`, but for a single event larger than that. */
export const createEventFiles = (bundle: string, fileBytes: number): EventFiles => {
  const files: BundleFile[] = []
  let file: GrowingFile | null = null
  let bytes = 0
  let count = 0
  let firstPosition: string | null = null
  let lastPosition: string | null = null

  const endFile = async (): Promise<void> => {
    if (file === null) return
    const ended = file
    file = null
    files.push(await ended.close())
  }

  const nextFile = async (): Promise<GrowingFile> => {
    await endFile()
    bytes = 0
    file = await createFile(bundle, `events/${String(files.length + 1).padStart(6, '0')}.ndjson`)
    return file
  }

  return {
    write: async (events) => {
      let lines = ''
      for (const event of events) {
        const text = toLine(event)
        // Told now, while the log is still there, and not by the import.
        if (fromLine(text) === null)
          throw new BundleError('EVENT_ALTERED', { position: event.placement.position })
        const line = `${text}\n`
        const lineBytes = Buffer.byteLength(line)
        if (file === null || bytes + lineBytes > fileBytes) {
          await file?.write(lines)
          lines = ''
          await nextFile()
        }
        lines += line
        bytes += lineBytes
        count += 1
        firstPosition ??= event.placement.position
        lastPosition = event.placement.position
      }
      await file?.write(lines)
    },
    span: () => ({ count, firstPosition, lastPosition }),
    close: async () => {
      await endFile()
      return files
    },
    abandon: async () => {
      await file?.abandon()
    },
  }
}
