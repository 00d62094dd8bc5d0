import type { Desk } from '../desk/desk-types.ts'

/** What an agent may choose, in the order of the list. */
export const CHOICES = ['READY', 'BREAK', 'TRAINING', 'MEETING', 'OFFLINE'] as const
export type Choice = (typeof CHOICES)[number]

/**
 * What cannot be chosen now: while a contact is offered or handled, the state follows from it. Who answers a mail may go
 * home all the same: the mail goes back to its queue.
 */
export function closedChoices(desk: Desk): readonly Choice[] {
  switch (desk.agent.presence.status) {
    case 'READY':
    case 'NOT_READY':
    case 'WRAP_UP':
    case 'OFFLINE':
      return []
    case 'RESERVED':
      return CHOICES
    case 'ENGAGED':
      return desk.current?.channel === 'EMAIL' ? CHOICES.filter((choice) => choice !== 'OFFLINE') : CHOICES
  }
}
