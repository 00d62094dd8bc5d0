import type { HealthWord } from '../graphql/context.ts'

/**
 * A part's own words for how it is, as the one word that the operator's screen knows. Codes in brackets stand in the
 * operator's notices. `idle` has had nothing to send yet; `folder` is the demo without a mail server.
 */
export const healthWord = (status: string): HealthWord => {
  const [word] = status.split(' ')
  switch (word) {
    case 'up':
    case 'idle':
      return 'up'
    case 'starting':
    case 'connecting':
      return 'starting'
    case 'off':
    case 'folder':
      return 'off'
    case 'away':
      return 'away'
    default:
      return 'down'
  }
}
