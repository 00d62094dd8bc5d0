import { formatClock } from '../../format/clock.ts'
import type { TimelineContactFragment } from '../../gql/generated/graphql.ts'
import type { MessageKey } from '../../i18n/message-key.ts'

export type Headline = {
  readonly key: MessageKey
  readonly values: Record<string, string>
  /** The quieter second half: with whom, or about what. */
  readonly tail: { readonly kind: 'agent' | 'subject'; readonly text: string } | null
}

/** One contact in a line: what it was, how long, with whom. */
export function headlineOf(contact: TimelineContactFragment): Headline {
  const agent = contact.agent ? ({ kind: 'agent', text: contact.agent.name } as const) : null
  const direction = contact.direction === 'INBOUND' ? 'in' : 'out'
  if (contact.channel === 'EMAIL') {
    const subject = contact.subject ? ({ kind: 'subject', text: contact.subject } as const) : null
    return { key: 'contact.email', values: { direction }, tail: subject }
  }
  if (contact.closedHow === 'abandoned') {
    const clock = span(contact.queuedAt ?? contact.openedAt, contact.closedAt)
    return { key: 'contact.callAbandoned', values: { direction, clock }, tail: null }
  }
  if (contact.handlingStartedAt !== null && contact.handlingEndedAt !== null) {
    const clock = span(contact.handlingStartedAt, contact.handlingEndedAt)
    return { key: 'contact.callHandled', values: { direction, clock }, tail: agent }
  }
  switch (contact.status) {
    case 'HANDLING':
      return { key: 'contact.callOnTheLine', values: { direction }, tail: agent }
    case 'OPEN':
    case 'QUEUED':
    case 'OFFERED':
      return { key: 'contact.callWaiting', values: { direction }, tail: null }
    case 'WRAP_UP':
    case 'CLOSED':
      return { key: 'contact.callNotConnected', values: { direction }, tail: null }
  }
}

const span = (from: string, to: string | null) =>
  formatClock(to === null ? 0 : Date.parse(to) - Date.parse(from))
