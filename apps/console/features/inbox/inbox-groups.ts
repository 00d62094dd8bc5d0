import type { Desk, InteractionLine } from '../desk/desk-types.ts'

export type GroupName = 'offered' | 'onTheLine' | 'wrapUp' | 'mine' | 'waiting'
export type InboxGroup = { readonly name: GroupName; readonly items: readonly InteractionLine[] }

/** More than this wait in no list that a person reads; the rest is counted. */
export const MOST_SHOWN = 100

/** The inbox, most pressing first. Each contact stands in one group; empty groups are left out. */
export function inboxGroups(desk: Desk): readonly InboxGroup[] {
  const seen = new Set<string>()
  const take = (items: readonly (InteractionLine | null | undefined)[]) =>
    items.filter((item): item is InteractionLine => {
      if (!item || seen.has(item.id)) return false
      seen.add(item.id)
      return true
    })
  const current = desk.current
  const isCall = current?.channel === 'CALL'
  const groups: readonly InboxGroup[] = [
    { name: 'offered', items: take([desk.offer?.interaction]) },
    { name: 'onTheLine', items: take(isCall && current?.status === 'HANDLING' ? [current] : []) },
    { name: 'wrapUp', items: take(current?.status === 'WRAP_UP' ? [current] : []) },
    { name: 'mine', items: take([...desk.mine, current]) },
    { name: 'waiting', items: take(desk.waiting).slice(0, MOST_SHOWN) },
  ]
  return groups.filter((group) => group.items.length > 0)
}
