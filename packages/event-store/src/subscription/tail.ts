import type { RecordedEvent } from '@centralino/domain'
import type { EncodedEvent, Placement } from '../codec/encoded-event.ts'

/** The newest events of the log, kept in memory for whoever follows it closely. */
export type Tail = {
  readonly push: (event: EncodedEvent, placement: Placement) => void
  /**
   * What follows `after`, at most `limit` events and about 256 KiB of JSON; null when that is no longer in memory and
   * has to be read from the log.
   */
  readonly after: (after: string | null, limit: number) => readonly RecordedEvent[] | null
}

export type TailOptions = {
  readonly decode: (event: EncodedEvent, placement: Placement) => RecordedEvent
  /** The log's last position when the tail begins; null: empty. */
  readonly head: string | null
  readonly maxEvents?: number
  readonly maxCharacters?: number
}

const BATCH_CHARACTERS = 256 * 1024

type Entry = {
  readonly encoded: EncodedEvent
  readonly placement: Placement
  readonly characters: number
  event: RecordedEvent | null
}

/**
 * One bounded buffer for all subscriptions instead of one each: a slow subscriber costs no memory, it falls off the
 * end and reads on from the log. An event is parsed once, and only when somebody follows.
 */
export const createTail = (options: TailOptions): Tail => {
  const { decode, maxEvents = 4_096, maxCharacters = 8 * 1024 * 1024 } = options
  let entries: Entry[] = []
  /** Entries before this index were dropped; they are cut off once they are half of the array. */
  let first = 0
  let characters = 0
  /** The position just before the first entry. */
  let before = options.head

  const drop = (): void => {
    while (entries.length - first > maxEvents || (characters > maxCharacters && entries.length - first > 1)) {
      const dropped = entries[first]
      first += 1
      if (dropped === undefined) return
      characters -= dropped.characters
      before = dropped.placement.position
    }
    if (first > 1_024 && first * 2 > entries.length) {
      entries = entries.slice(first)
      first = 0
    }
  }

  /** Index of the first entry past `after`: entries are sorted by position. */
  const indexAfter = (after: string | null): number => {
    let low = first
    let high = entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const position = entries[middle]?.placement.position ?? ''
      if (after !== null && position <= after) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    push: (encoded, placement) => {
      const entry = {
        encoded,
        placement,
        characters: encoded.data.length + encoded.metadata.length,
        event: null,
      }
      entries.push(entry)
      characters += entry.characters
      drop()
    },
    after: (after, limit) => {
      if (before !== null && (after === null || after < before)) return null
      const events: RecordedEvent[] = []
      let taken = 0
      for (let index = indexAfter(after); index < entries.length; index += 1) {
        const entry = entries[index]
        if (entry === undefined || events.length === limit || taken >= BATCH_CHARACTERS) break
        entry.event ??= decode(entry.encoded, entry.placement)
        events.push(entry.event)
        taken += entry.characters
      }
      return events
    },
  }
}
