import type { Desk, InteractionLine } from './desk-types.ts'
import type { DeskIds } from './view.ts'

export const deskIds = (desk: Desk): DeskIds => ({
  offer: desk.offer?.interaction.id ?? null,
  current: desk.current?.id ?? null,
  mine: desk.mine.map((one) => one.id),
  listed: [...desk.mine, ...desk.waiting].map((one) => one.id),
})

/** An interaction wherever it stands on the desk. */
export function findOnDesk(desk: Desk, interactionId: string | null): InteractionLine | null {
  if (interactionId === null) return null
  if (desk.current?.id === interactionId) return desk.current
  if (desk.offer?.interaction.id === interactionId) return desk.offer.interaction
  return [...desk.mine, ...desk.waiting].find((one) => one.id === interactionId) ?? null
}
