import type { Desk, InteractionLine } from '../desk/desk-types.ts'

/** What the agent does with the interaction in the middle of the desk. */
export type Mode =
  /** It is offered to this agent: who, why you, and what was before. */
  | 'beforeAnswer'
  /** On the line. */
  | 'inCall'
  /** A mail that this agent answers. */
  | 'mail'
  /** The contact is over, the outcome is not noted yet. */
  | 'wrapUp'
  /** Somebody else's, or nobody's yet: to read. */
  | 'reading'

export function modeOf(desk: Desk, interaction: InteractionLine): Mode {
  if (desk.offer?.interaction.id === interaction.id) return 'beforeAnswer'
  const isMine = interaction.agent?.id === desk.agent.id
  if (!isMine) return 'reading'
  switch (interaction.status) {
    case 'HANDLING':
      return interaction.channel === 'EMAIL' ? 'mail' : 'inCall'
    case 'WRAP_UP':
      return 'wrapUp'
    case 'OPEN':
    case 'QUEUED':
    case 'OFFERED':
    case 'CLOSED':
      return 'reading'
  }
}
