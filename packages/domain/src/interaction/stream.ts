import type { InteractionId } from '../kernel/ids.ts'

/** The stream that holds this interaction. */
export const interactionStream = (interactionId: InteractionId): string => `interaction-${interactionId}`
