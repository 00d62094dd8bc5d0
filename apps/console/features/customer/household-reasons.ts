import type { MessageKey } from '../../i18n/message-key.ts'

const WHY: ReadonlyMap<string, MessageKey> = new Map([
  ['onlyMatch', 'household.onlyMatch'],
  ['lastContact', 'household.lastContact'],
  ['linkedFirst', 'household.linkedFirst'],
  ['newContactPoint', 'household.newContactPoint'],
])

/**
 * Why each of a household stands where it stands, best first, as the hub ranks them. `lastContact` ranks everybody who was
 * in touch from here by when that was: only the first of them was the last one.
 */
export function whyEach(candidates: readonly { readonly why: string }[]): readonly MessageKey[] {
  const last = candidates.findIndex(({ why }) => why === 'lastContact')
  return candidates.map(({ why }, index) =>
    why === 'lastContact' && index > last
      ? 'household.earlierContact'
      : (WHY.get(why) ?? 'household.otherReason'),
  )
}
