import type { TimelineContactFragment } from '../../gql/generated/graphql.ts'
import { comparePositions } from './position.ts'
import type { Entry } from './timeline-state.ts'

/** A line of the timeline: one contact with its steps, or an event that is of no contact. */
export type Item =
  | {
      readonly kind: 'contact'
      readonly key: string
      readonly at: string
      /** As it stood at its newest step. */
      readonly contact: TimelineContactFragment
      /** Newest first. */
      readonly steps: readonly Entry[]
    }
  | { readonly kind: 'event'; readonly key: string; readonly at: string; readonly entry: Entry }

/** Entries of one contact become one line, at the time it began; newest line first. */
export function timelineItems(entries: readonly Entry[]): readonly Item[] {
  const contacts = new Map<string, { contact: TimelineContactFragment; steps: Entry[] }>()
  const items: Item[] = []
  const newest = [...entries].sort((a, b) => comparePositions(b.position, a.position))
  for (const entry of newest) {
    if (entry.interaction === null) {
      items.push({ kind: 'event', key: entry.position, at: entry.at, entry })
      continue
    }
    const known = contacts.get(entry.interaction.id)
    if (known) known.steps.push(entry)
    else contacts.set(entry.interaction.id, { contact: entry.interaction, steps: [entry] })
  }
  for (const [key, { contact, steps }] of contacts) {
    items.push({ kind: 'contact', key, at: contact.openedAt, contact, steps })
  }
  return items.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || compareKeys(a, b))
}

/** At the same instant the later position stands above. */
const compareKeys = (a: Item, b: Item) => comparePositions(newestOf(b), newestOf(a))
const newestOf = (item: Item) =>
  item.kind === 'event' ? item.entry.position : (item.steps[0]?.position ?? '')
